package io.chronotrack.stats;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job is doing, as clients see it; the members are those of {@link JobSummary}.
 *
 * @param runs how many runs ended since, and how
 * @param successRate from 0 to 1; see {@link Tally#successRate}
 * @param medianDurationMs half of the runs that ended since took no longer
 * @param p95DurationMs 95 % of them took no longer
 */
@JsonbPropertyOrder({
  "lastRun",
  "lastSuccess",
  "since",
  "runs",
  "successRate",
  "medianDurationMs",
  "p95DurationMs"
})
public record JobSummaryView(
    @Nullable RunBrief lastRun,
    @Nullable RunBrief lastSuccess,
    Instant since,
    RunCounts runs,
    @Nullable Double successRate,
    @Nullable Long medianDurationMs,
    @Nullable Long p95DurationMs) {

  /** What clients see of a summary. */
  public static JobSummaryView of(JobSummary summary) {
    Tally ended = summary.ended();
    return new JobSummaryView(
        summary.lastRun(),
        summary.lastSuccess(),
        summary.since(),
        RunCounts.of(ended),
        StatsView.rate(ended),
        ended.durations().quantile(0.5),
        ended.durations().quantile(0.95));
  }
}
