package io.chronotrack.job;

import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.page.Page;
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
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public JobService(JobRepository jobs, Transactions transactions, Clock clock) {
    this.jobs = jobs;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Creates a job. */
  public Job create(NewJob wanted) {
    Instant now = clock.instant();
    Job created =
        transactions.write(
            () -> {
              Job job = Job.create(jobs.nextId(), wanted, now);
              jobs.insert(job);
              return job;
            });
    LOG.log(Level.INFO, "Job {0} created: {1}", Long.toString(created.id()), created.name());
    return created;
  }

  /**
   * Changes a job.
   *
   * @return the job after the change
   * @throws NotFound if there is no such job
   * @throws io.chronotrack.change.StaleVersion if it has another version than expected
   */
  public Job patch(long id, JobPatch patch, ExpectedVersion expected) {
    Instant now = clock.instant();
    return transactions.write(
        () -> {
          Job job = jobs.findForUpdate(id).orElseThrow(() -> new NotFound("job", id));
          expected.verify(job.version());
          Job patched = job.apply(patch, now);
          if (patched.version() != job.version()) {
            jobs.update(patched);
          }
          return patched;
        });
  }

  /**
   * The job with this id.
   *
   * @throws NotFound if there is no such job
   */
  public Job get(long id) {
    return transactions.read(() -> jobs.find(id)).orElseThrow(() -> new NotFound("job", id));
  }

  /** Jobs that fit the filter, newest first. */
  public Page<Job> list(JobFilter filter, PageRequest request) {
    return transactions.read(() -> jobs.list(filter, request));
  }
}
