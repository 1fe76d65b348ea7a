package io.chronotrack.run.query;

import io.chronotrack.run.JobRun;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of a run has an order: its times, and its duration. */
public enum RunMeasure {
  /** When it was created; every run has it. */
  CREATED_AT("createdAt"),
  /** When it started. */
  STARTED_AT("startedAt"),
  /** When it ended. */
  FINISHED_AT("finishedAt"),
  /** How long it took. */
  DURATION_MS("durationMs");

  private final String field;

  RunMeasure(String field) {
    this.field = field;
  }

  /** The name that clients know it by. */
  public String field() {
    return field;
  }

  /** Whether it is a point in time, and not a length of time. */
  public boolean isTime() {
    return this != DURATION_MS;
  }

  /** That of a run, in milliseconds, of times since 1970; {@code null} if the run has none yet. */
  public @Nullable Long of(JobRun run) {
    return switch (this) {
      case CREATED_AT -> millis(run.createdAt());
      case STARTED_AT -> millis(run.times().startedAt());
      case FINISHED_AT -> millis(run.times().finishedAt());
      case DURATION_MS -> {
        Duration duration = run.times().duration();
        yield duration == null ? null : (Long) duration.toMillis();
      }
    };
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : (Long) time.toEpochMilli();
  }
}
