package io.chronotrack.run;

import io.chronotrack.access.Caller;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.config.AppConfig;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.page.CountedPage;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use cases of runs. Every change is one command in one transaction. */
@Dependent
public class RunService {

  private static final System.Logger LOG = System.getLogger(RunService.class.getName());

  private final JobRunRepository runs;
  private final JobRepository jobs;
  private final Transactions transactions;
  private final Clock clock;
  private final int metadataBytes;
  private final RunFigures figures;
  private final RunSignal signal;

  @Inject
  public RunService(
      JobRunRepository runs,
      JobRepository jobs,
      StatisticsRepository statistics,
      Transactions transactions,
      Clock clock,
      RunSignal signal,
      AppConfig config) {
    this.runs = runs;
    this.jobs = jobs;
    this.transactions = transactions;
    this.clock = clock;
    this.signal = signal;
    this.metadataBytes = config.limits().metadataBytes();
    this.figures = new RunFigures(statistics);
  }

  /**
   * Creates a run of a job, unless the job has one with its external id: that one is the result,
   * and nothing changes, whatever else is said of the new one.
   *
   * @throws NotFound if there is no such job
   * @throws io.chronotrack.job.JobArchived if the job takes no new runs
   * @throws io.chronotrack.access.ProjectArchived if its project takes nothing new
   * @throws ValidationFailed if the run's times do not fit
   */
  public CreatedRun create(Caller caller, long jobId, NewRun wanted) {
    Instant now = clock.instant();
    CreatedRun created =
        transactions.write(
            () -> {
              Job job =
                  jobs.findForUpdate(caller.scope(), jobId)
                      .orElseThrow(() -> new NotFound("job", jobId));
              Optional<JobRun> existing = existing(caller, jobId, wanted.externalId());
              if (existing.isPresent()) {
                return new CreatedRun(figures.observedForUpdate(existing.get(), now), false);
              }
              caller.verifyProjectTakesNew();
              job.verifyTakesRuns();
              JobRun run = figures.compared(false, JobRun.create(runs.nextId(), job, wanted, now));
              runs.insert(run, RunEvent.created(run));
              if (run.status().isEnd()) {
                figures.record(run);
              }
              return new CreatedRun(figures.observedForUpdate(run, now), true);
            });
    if (created.isNew()) {
      transactions.onCommit(
          () -> {
            logCreated(created.run());
            signal.raise();
          });
    }
    return created;
  }

  private Optional<JobRun> existing(Caller caller, long jobId, @Nullable String externalId) {
    return externalId == null
        ? Optional.empty()
        : runs
            .findByExternalIdForUpdate(caller.scope(), List.of(new ExternalId(jobId, externalId)))
            .stream()
            .findFirst();
  }

  /**
   * Changes a run.
   *
   * @return the run after the change; as it was, when the patch repeats what is already so
   * @throws NotFound if there is no such run
   * @throws io.chronotrack.change.StaleVersion if it has another version than expected
   * @throws IllegalTransition if it cannot get the requested status
   * @throws ValidationFailed if its times do not fit or its metadata would grow too large
   */
  public JobRun patch(Caller caller, long id, RunPatch patch, ExpectedVersion expected) {
    Instant now = clock.instant();
    Patched result =
        transactions.write(
            () -> {
              JobRun run =
                  runs.findForUpdate(caller.scope(), id).orElseThrow(() -> new NotFound("run", id));
              expected.verify(run.version());
              boolean wasEnded = run.status().isEnd();
              JobRun patched = run.apply(patch, now);
              patched.verifySize(metadataBytes);
              if (patched.version() != run.version()) {
                patched = figures.compared(wasEnded, patched);
                runs.update(patched, RunEvent.between(run, patched));
                if (!wasEnded && patched.status().isEnd()) {
                  figures.record(patched);
                }
              }
              return new Patched(run, figures.observedForUpdate(patched, now));
            });
    transactions.onCommit(
        () -> {
          result.log();
          signal.raise();
        });
    return result.after();
  }

  /**
   * The run with this id.
   *
   * @throws NotFound if there is no such run
   */
  public JobRun get(Caller caller, long id) {
    Instant now = clock.instant();
    return transactions.read(
        () -> {
          JobRun run = runs.find(caller.scope(), id).orElseThrow(() -> new NotFound("run", id));
          return figures.observed(List.of(run), now).get(0);
        });
  }

  /**
   * The caller's runs that a client asks for.
   *
   * @param counted whether it asks how many there are
   * @throws ValidationFailed if that is too much for its order; it tells what to add
   */
  public CountedPage<JobRun> list(
      Caller caller, RunSearch search, PageRequest request, boolean counted) {
    Instant now = clock.instant();
    return transactions.read(() -> page(caller, search.at(now), request, counted, now));
  }

  private CountedPage<JobRun> page(
      Caller caller, RunQuery query, PageRequest request, boolean counted, Instant now) {
    return new CountedPage<>(
        figures.observed(runs.list(caller.scope(), query, request), now),
        counted ? runs.count(caller.scope(), query) : null);
  }

  /**
   * Runs of one job that a client asks for, and how many there are, if it asks for that as well.
   *
   * @throws NotFound if there is no such job
   */
  public CountedPage<JobRun> listOfJob(
      Caller caller, long jobId, RunSearch search, PageRequest request, boolean counted) {
    Instant now = clock.instant();
    return transactions.read(
        () -> {
          if (jobs.find(caller.scope(), jobId).isEmpty()) {
            throw new NotFound("job", jobId);
          }
          return page(caller, search.at(now), request, counted, now);
        });
  }

  /**
   * What happened to a run, oldest first.
   *
   * @throws NotFound if there is no such run
   */
  public Page<RunEvent> events(Caller caller, long id, PageRequest request) {
    return transactions.read(
        () -> {
          if (runs.find(caller.scope(), id).isEmpty()) {
            throw new NotFound("run", id);
          }
          return runs.events(id, request);
        });
  }

  private static void logCreated(JobRun run) {
    // No pattern here and below: to read one takes a quarter of a line's time, half of its memory.
    LOG.log(Level.INFO, () -> runOfJob(run) + " created: " + run.status());
  }

  private static String runOfJob(JobRun run) {
    return "Run " + run.id() + " of job " + run.jobId();
  }

  private record Patched(JobRun before, JobRun after) {

    void log() {
      if (before.status() != after.status()) {
        LOG.log(
            Level.INFO, () -> runOfJob(after) + ": " + before.status() + " -> " + after.status());
      }
    }
  }
}
