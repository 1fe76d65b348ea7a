package io.chronotrack.job;

import io.chronotrack.access.Caller;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.page.CountedPage;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;

/** The use cases of jobs. Every change is one command in one transaction. */
@Dependent
public class JobService {

  private static final System.Logger LOG = System.getLogger(JobService.class.getName());

  private final JobRepository jobs;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public JobService(JobRepository jobs, AuditLog audit, Transactions transactions, Clock clock) {
    this.jobs = jobs;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Creates a job in the caller's project.
   *
   * @throws io.chronotrack.access.Forbidden if the caller is limited to certain jobs
   * @throws io.chronotrack.access.ProjectArchived if the project takes nothing new
   */
  public Job create(Caller caller, NewJob wanted) {
    caller.verifyMayCreateJobs();
    caller.verifyProjectTakesNew();
    Instant now = clock.instant();
    Job created =
        transactions.write(
            () -> {
              Job job = Job.create(jobs.nextId(), caller.projectId(), wanted, now);
              jobs.insert(job);
              audit.changed(caller, "job.create", subject(job), null, JobView.of(job), now);
              return job;
            });
    transactions.onCommit(
        () ->
            LOG.log(
                Level.INFO, "Job {0} created: {1}", Long.toString(created.id()), created.name()));
    return created;
  }

  /**
   * Changes a job.
   *
   * @return the job after the change
   * @throws NotFound if there is no such job
   * @throws io.chronotrack.change.StaleVersion if it has another version than expected
   */
  public Job patch(Caller caller, long id, JobPatch patch, ExpectedVersion expected) {
    Instant now = clock.instant();
    return transactions.write(
        () -> {
          Job job =
              jobs.findForUpdate(caller.scope(), id).orElseThrow(() -> new NotFound("job", id));
          expected.verify(job.version());
          Job patched = job.apply(patch, now);
          if (patched.version() != job.version()) {
            jobs.update(patched);
            audit.changed(
                caller, "job.change", subject(job), JobView.of(job), JobView.of(patched), now);
          }
          return patched;
        });
  }

  /**
   * The job with this id.
   *
   * @throws NotFound if there is no such job
   */
  public Job get(Caller caller, long id) {
    return transactions
        .read(() -> jobs.find(caller.scope(), id))
        .orElseThrow(() -> new NotFound("job", id));
  }

  /**
   * The caller's jobs that a client asks for.
   *
   * @param counted whether it asks how many there are
   * @throws io.chronotrack.problem.ValidationFailed if there are too many for the order
   */
  public CountedPage<Job> list(
      Caller caller, JobSearch search, PageRequest request, boolean counted) {
    JobQuery query = search.at(clock.instant());
    return transactions.read(
        () ->
            new CountedPage<>(
                jobs.list(caller.scope(), query, request),
                counted ? jobs.count(caller.scope(), query) : null));
  }

  private static String subject(Job job) {
    return "job/" + job.id();
  }
}
