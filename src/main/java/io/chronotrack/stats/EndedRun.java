package io.chronotrack.stats;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What statistics are told of a run, once, when it ends.
 *
 * @param projectId the project of its job
 * @param jobId its job
 * @param outcome how it ended
 * @param finishedAt when it ended: the time that it is counted under
 * @param durationMs milliseconds from its start to its end, at least 0; {@code null} if it never
 *     started
 * @param queueMs milliseconds that it was PENDING until it started, at least 0; {@code null} if it
 *     was not PENDING or did not start
 */
public record EndedRun(
    long projectId,
    long jobId,
    RunOutcome outcome,
    Instant finishedAt,
    @Nullable Long durationMs,
    @Nullable Long queueMs) {}
