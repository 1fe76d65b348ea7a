package io.chronotrack.run;

import io.chronotrack.access.Caller;
import io.chronotrack.stats.JobSummaries;
import io.chronotrack.stats.JobSummary;
import io.chronotrack.stats.RunBrief;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.Tally;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How jobs are doing, by their runs: three queries, however many jobs. */
@Dependent
public class RunSummaryService implements JobSummaries {

  /** Full days before the present one that are told of. */
  private static final int FULL_DAYS = 6;

  private final JobRunRepository runs;
  private final StatisticsRepository statistics;
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public RunSummaryService(
      JobRunRepository runs,
      StatisticsRepository statistics,
      Transactions transactions,
      Clock clock) {
    this.runs = runs;
    this.statistics = statistics;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Map<Long, JobSummary> of(Caller caller, Collection<Long> jobIds) {
    if (jobIds.isEmpty()) {
      return Map.of();
    }
    Instant since = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(FULL_DAYS, ChronoUnit.DAYS);
    long firstDay = since.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    return transactions.read(
        () -> {
          var last = newest(caller, jobIds, null);
          var lastSuccess = newest(caller, jobIds, RunStatus.SUCCESS);
          Map<Long, Tally> ended = statistics.since(firstDay, jobIds);
          return jobIds.stream()
              .collect(
                  Collectors.toMap(
                      Function.identity(),
                      id ->
                          new JobSummary(
                              last.get(id),
                              lastSuccess.get(id),
                              since,
                              ended.getOrDefault(id, new Tally()))));
        });
  }

  private Map<Long, RunBrief> newest(
      Caller caller, Collection<Long> jobIds, @Nullable RunStatus status) {
    List<RunBrief> found = runs.newestOf(caller.scope(), jobIds, status);
    return found.stream().collect(Collectors.toMap(RunBrief::jobId, Function.identity()));
  }
}
