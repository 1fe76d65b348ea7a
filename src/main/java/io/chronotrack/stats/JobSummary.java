package io.chronotrack.stats;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job is doing.
 *
 * @param lastRun the run that was created last
 * @param lastSuccess the successful run that was created last
 * @param since when the days began that the rest is about: midnight in UTC, six days ago
 * @param ended the runs that ended since
 */
public record JobSummary(
    @Nullable RunBrief lastRun, @Nullable RunBrief lastSuccess, Instant since, Tally ended) {}
