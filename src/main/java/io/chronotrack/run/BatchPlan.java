package io.chronotrack.run;

import io.chronotrack.access.Caller;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a batch comes to, worked out in memory: its operations are applied in their order to the
 * runs that it is about, and what has changed is written afterwards, each run once. So a batch that
 * is refused has written nothing, and a large one needs few statements. Runs that end in it are all
 * compared with what was usual before it.
 *
 * <p>Made for one command; not thread-safe.
 */
final class BatchPlan {

  private final JobRunRepository runs;
  private final RunFigures figures;
  private final Caller caller;
  private final Instant now;
  private final int metadataBytes;

  private final Map<Long, Job> jobs = new HashMap<>();
  private final Map<Long, Draft> byId = new HashMap<>();
  private final Map<ExternalId, Draft> byExternalId = new HashMap<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final List<JobRun> ended = new ArrayList<>();

  /** A run that the batch is about: as it has become so far, and by which changes. */
  private static final class Draft {

    private JobRun run;
    private final List<RunEvent> events = new ArrayList<>(1);

    Draft(JobRun run) {
      this.run = run;
    }

    void become(JobRun next) {
      if (next.version() != run.version()) {
        events.add(RunEvent.between(run, next));
        run = next;
      }
    }

    RecordedRun recorded() {
      return new RecordedRun(run, events);
    }
  }

  /**
   * @param metadataBytes largest metadata of a run
   */
  BatchPlan(
      JobRunRepository runs, RunFigures figures, Caller caller, Instant now, int metadataBytes) {
    this.runs = runs;
    this.figures = figures;
    this.caller = caller;
    this.now = now;
    this.metadataBytes = metadataBytes;
  }

  /** Reads what the operations name, in as few queries as possible. */
  void read(List<BatchOperation> operations, JobRepository jobRepository) {
    Set<Long> jobIds = new HashSet<>();
    Set<Long> runIds = new HashSet<>();
    Set<ExternalId> externalIds = new HashSet<>();
    for (BatchOperation operation : operations) {
      if (operation instanceof BatchOperation.Create create) {
        jobIds.add(create.jobId());
        ExternalId externalId = externalIdOf(create);
        if (externalId != null) {
          externalIds.add(externalId);
        }
      } else if (operation instanceof BatchOperation.Update update) {
        runIds.add(update.runId());
      } else if (operation instanceof BatchOperation.UpdateByExternalId update) {
        externalIds.add(update.externalId());
      }
    }
    jobRepository.findForUpdate(caller.scope(), jobIds).forEach(job -> jobs.put(job.id(), job));
    runs.findForUpdate(caller.scope(), runIds).forEach(this::add);
    runs.findByExternalIdForUpdate(caller.scope(), externalIds).stream()
        .filter(run -> !byId.containsKey(run.id()))
        .forEach(this::add);
  }

  private Draft add(JobRun run) {
    var draft = new Draft(run);
    drafts.add(draft);
    byId.put(run.id(), draft);
    ExternalId externalId = ExternalId.of(run);
    if (externalId != null) {
      byExternalId.put(externalId, draft);
    }
    return draft;
  }

  /** Applies the next operation to what the ones before it have left. */
  BatchResult apply(BatchOperation operation) {
    try {
      if (operation instanceof BatchOperation.Create create) {
        return create(create);
      }
      if (operation instanceof BatchOperation.Update update) {
        long id = update.runId();
        Draft draft = found(byId.get(id), () -> new NotFound("run", id));
        return update(draft, update.patch(), update.pointer());
      }
      if (operation instanceof BatchOperation.UpdateByExternalId update) {
        ExternalId id = update.externalId();
        Draft draft = found(byExternalId.get(id), () -> notFound(id));
        return update(draft, update.patch(), update.pointer());
      }
      return new BatchResult.Refused(((BatchOperation.Invalid) operation).refusal());
    } catch (DomainException refusal) {
      return new BatchResult.Refused(refusal);
    }
  }

  /** Runs that are not stored yet. */
  List<RecordedRun> created() {
    return changedDrafts().stream().filter(run -> run.storedVersion() == 0).toList();
  }

  /** Runs that are stored, and have changed. */
  List<RecordedRun> changed() {
    return changedDrafts().stream().filter(run -> run.storedVersion() > 0).toList();
  }

  /** Runs that the batch ends, as they are when it does. */
  List<JobRun> ended() {
    return ended;
  }

  private Collection<RecordedRun> changedDrafts() {
    return drafts.stream().filter(draft -> !draft.events.isEmpty()).map(Draft::recorded).toList();
  }

  private BatchResult create(BatchOperation.Create create) {
    Job job = found(jobs.get(create.jobId()), () -> new NotFound("job", create.jobId()));
    ExternalId externalId = externalIdOf(create);
    Draft existing = externalId == null ? null : byExternalId.get(externalId);
    if (existing != null) {
      return done(existing.run, false);
    }
    caller.verifyProjectTakesNew();
    job.verifyTakesRuns();
    long id = runs.nextId();
    JobRun run;
    try {
      run = figures.compared(false, JobRun.create(id, job, create.wanted(), now));
    } catch (ValidationFailed refusal) {
      throw refusal.inside(create.pointer());
    }
    add(run).events.add(RunEvent.created(run));
    noteEnd(false, run);
    return done(run, true);
  }

  private BatchResult update(Draft draft, RunPatch patch, String pointer) {
    boolean wasEnded = draft.run.status().isEnd();
    JobRun patched;
    try {
      patched = draft.run.apply(patch, now);
      patched.verifySize(metadataBytes);
    } catch (ValidationFailed refusal) {
      throw refusal.inside(pointer);
    }
    patched = figures.compared(wasEnded, patched);
    draft.become(patched);
    noteEnd(wasEnded, patched);
    return done(patched, false);
  }

  private void noteEnd(boolean wasEnded, JobRun run) {
    if (!wasEnded && run.status().isEnd()) {
      ended.add(run);
    }
  }

  private BatchResult done(JobRun run, boolean isNew) {
    return new BatchResult.Done(figures.observedForUpdate(run, now), isNew);
  }

  private static @Nullable ExternalId externalIdOf(BatchOperation.Create create) {
    String value = create.wanted().externalId();
    return value == null ? null : new ExternalId(create.jobId(), value);
  }

  private static <T> T found(@Nullable T thing, Supplier<NotFound> otherwise) {
    if (thing == null) {
      throw otherwise.get();
    }
    return thing;
  }

  private static NotFound notFound(ExternalId id) {
    return new NotFound("There is no run '" + id.value() + "' of job " + id.jobId() + ".");
  }
}
