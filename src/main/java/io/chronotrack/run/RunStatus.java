package io.chronotrack.run;

import java.util.EnumSet;
import java.util.Set;

/** Where a run is in its life, and where it can go from there. */
public enum RunStatus {
  /** Announced, not started. */
  PENDING,
  /** Started, not ended. */
  RUNNING,
  /** Ended as it should. */
  SUCCESS,
  /** Ended with an error. */
  FAILED,
  /** Called off before its end, or before its start. */
  CANCELLED;

  /** The statuses that may follow this one; none after the end. */
  public Set<RunStatus> next() {
    // No default: a new constant must say here what may follow it, or the build fails.
    return switch (this) {
      case PENDING -> EnumSet.of(RUNNING, CANCELLED);
      case RUNNING -> EnumSet.of(SUCCESS, FAILED, CANCELLED);
      case SUCCESS, FAILED, CANCELLED -> EnumSet.noneOf(RunStatus.class);
    };
  }

  /** Whether a run with this status has ended. */
  public boolean isEnd() {
    return next().isEmpty();
  }
}
