package io.chronotrack.run;

import io.chronotrack.access.Caller;
import io.chronotrack.config.AppConfig;
import io.chronotrack.job.JobRepository;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Many changes of runs in one command, and so with one commit. */
@Dependent
public class BatchService {

  private static final System.Logger LOG = System.getLogger(BatchService.class.getName());

  private final JobRunRepository runs;
  private final JobRepository jobs;
  private final Transactions transactions;
  private final Clock clock;
  private final int metadataBytes;
  private final RunFigures figures;
  private final RunSignal signal;

  @Inject
  public BatchService(
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
   * Applies operations one after the other; each by the rules that it would have alone. One that is
   * refused changes nothing, and the others are applied nevertheless.
   *
   * @param atomic whether nothing at all is to be changed if one is refused
   * @return what became of each operation, in their order
   * @throws BatchRefused if it is {@code atomic} and an operation is refused
   */
  public List<BatchResult> apply(Caller caller, List<BatchOperation> operations, boolean atomic) {
    Instant now = clock.instant();
    List<BatchResult> results =
        transactions.write(
            () -> {
              var plan = new BatchPlan(runs, figures, caller, now, metadataBytes);
              plan.read(operations, jobs);
              List<BatchResult> planned = operations.stream().map(plan::apply).toList();
              if (atomic && planned.stream().anyMatch(BatchResult.Refused.class::isInstance)) {
                throw BatchRefused.because(planned);
              }
              runs.updateAll(plan.changed());
              runs.insertAll(plan.created());
              plan.ended().forEach(figures::record);
              return planned;
            });
    transactions.onCommit(
        () -> {
          log(results);
          signal.raise();
        });
    return results;
  }

  private static void log(List<BatchResult> results) {
    int created = 0;
    int refused = 0;
    for (BatchResult result : results) {
      if (result instanceof BatchResult.Done done) {
        created += done.isNew() ? 1 : 0;
        LOG.log(
            Level.DEBUG, () -> "Run " + done.run().id() + " in a batch: " + done.run().status());
      } else {
        refused++;
      }
    }
    LOG.log(
        Level.INFO,
        "Batch of {0} operations: {1} runs created, {2} operations refused",
        Integer.toString(results.size()),
        Integer.toString(created),
        Integer.toString(refused));
  }
}
