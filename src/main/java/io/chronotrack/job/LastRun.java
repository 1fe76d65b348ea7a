package io.chronotrack.job;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest run of a job, as far as a list of jobs needs to know it.
 *
 * @param status its status
 * @param createdAt when it was created
 */
public record LastRun(LastRunStatus status, Instant createdAt) {

  /** Finds the last run of a job. */
  @FunctionalInterface
  public interface Finder {
    /** The last run of the job with this id; empty if it has none. */
    Optional<LastRun> of(long jobId);
  }
}
