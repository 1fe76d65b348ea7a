package io.chronotrack.stats;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Scope;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** The use cases of statistics. */
@Dependent
public class StatsService {

  private final StatisticsRepository statistics;
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public StatsService(StatisticsRepository statistics, Transactions transactions, Clock clock) {
    this.statistics = statistics;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * The runs of all jobs that the caller sees.
   *
   * @throws io.chronotrack.problem.ValidationFailed if there are no such spans, or too many
   */
  public Series ofProject(Caller caller, StatsQuery query) {
    Series series = query.series(clock.instant());
    Scope scope = caller.scope();
    return transactions.read(
        () -> {
          if (scope.jobIds() == null) {
            statistics.addProject(scope.projectId(), series);
          } else {
            statistics.addJobs(scope.jobIds(), series);
          }
          return series;
        });
  }

  /**
   * The runs of a job.
   *
   * @param jobId a job that the caller sees
   * @throws io.chronotrack.problem.ValidationFailed if there are no such spans, or too many
   */
  public Series ofJob(long jobId, StatsQuery query) {
    Series series = query.series(clock.instant());
    return transactions.read(
        () -> {
          statistics.addJobs(List.of(jobId), series);
          return series;
        });
  }
}
