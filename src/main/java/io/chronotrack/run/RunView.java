package io.chronotrack.run;

import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as clients see it; the members are those of {@link JobRun}.
 *
 * @param durationMs milliseconds from start to end; {@code null} until the end
 * @param durationVsMedian see {@link RunPace}, like the two that follow
 */
@JsonbPropertyOrder({
  "id",
  "jobId",
  "externalId",
  "status",
  "startedAt",
  "finishedAt",
  "durationMs",
  "durationVsMedian",
  "slowerThanUsual",
  "overdue",
  "errorMessage",
  "metadata",
  "traceparent",
  "createdAt",
  "updatedAt"
})
public record RunView(
    long id,
    long jobId,
    @Nullable String externalId,
    RunStatus status,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Long durationMs,
    @Nullable Double durationVsMedian,
    boolean slowerThanUsual,
    boolean overdue,
    @Nullable String errorMessage,
    @Nullable JsonObject metadata,
    @Nullable String traceparent,
    Instant createdAt,
    Instant updatedAt) {

  /** What clients see of a run. */
  public static RunView of(JobRun run) {
    Duration duration = run.times().duration();
    Metadata metadata = run.metadata();
    return new RunView(
        run.id(),
        run.jobId(),
        run.externalId(),
        run.status(),
        run.times().startedAt(),
        run.times().finishedAt(),
        duration == null ? null : duration.toMillis(),
        run.pace().durationVsMedian(),
        run.pace().slowerThanUsual(),
        run.pace().overdue(),
        run.errorMessage(),
        metadata == null ? null : metadata.toObject(),
        run.traceparent(),
        run.createdAt(),
        run.updatedAt());
  }
}
