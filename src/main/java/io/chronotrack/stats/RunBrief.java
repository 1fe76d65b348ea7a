package io.chronotrack.stats;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in few words, as clients see it beside its job.
 *
 * @param id its id
 * @param jobId its job
 * @param status where it is in its life
 * @param startedAt when it started; {@code null} if it has not
 * @param finishedAt when it ended; {@code null} if it has not
 * @param durationMs milliseconds from start to end; {@code null} until the end
 */
@JsonbPropertyOrder({"id", "jobId", "status", "startedAt", "finishedAt", "durationMs"})
public record RunBrief(
    long id,
    long jobId,
    String status,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Long durationMs) {}
