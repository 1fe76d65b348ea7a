package io.chronotrack.run.export;

import io.chronotrack.access.Caller;
import io.chronotrack.job.JobRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RunFigures;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/**
 * Reads runs to be exported. Each page is a query of its own: between two of them nothing of the
 * database is held, however slowly the client reads.
 */
@Dependent
public class RunExportService {

  /** Runs of a page: few enough that the largest there can be fit into memory, for each export. */
  static final int PAGE = 250;

  private static final PageRequest FIRST = PageRequest.first(PAGE);

  private final JobRunRepository runs;
  private final JobRepository jobs;
  private final RunFigures figures;
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public RunExportService(
      JobRunRepository runs,
      JobRepository jobs,
      StatisticsRepository statistics,
      Transactions transactions,
      Clock clock) {
    this.runs = runs;
    this.jobs = jobs;
    this.figures = new RunFigures(statistics);
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * The caller's runs that a client asks for, of which the first page is read now: whatever can be
   * refused is.
   *
   * @throws ValidationFailed if that is too much for its order; it tells what to add
   */
  public RunExport all(Caller caller, RunSearch search) {
    Instant now = clock.instant();
    RunQuery query = search.at(now);
    return export(transactions.read(() -> page(caller, query, FIRST, now)), caller, query, now);
  }

  /**
   * Runs of one job that a client asks for, like {@link #all}.
   *
   * @throws NotFound if there is no such job
   */
  public RunExport ofJob(Caller caller, long jobId, RunSearch search) {
    Instant now = clock.instant();
    RunQuery query = search.at(now);
    Page<JobRun> first =
        transactions.read(
            () -> {
              if (jobs.find(caller.scope(), jobId).isEmpty()) {
                throw new NotFound("job", jobId);
              }
              return page(caller, query, FIRST, now);
            });
    return export(first, caller, query, now);
  }

  private RunExport export(Page<JobRun> first, Caller caller, RunQuery query, Instant now) {
    return new RunExport(
        first,
        position ->
            transactions.read(() -> page(caller, query, new PageRequest(PAGE, position), now)));
  }

  private Page<JobRun> page(Caller caller, RunQuery query, PageRequest request, Instant now) {
    return figures.observed(runs.list(caller.scope(), query, request), now);
  }
}
