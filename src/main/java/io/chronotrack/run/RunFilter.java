package io.chronotrack.run;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows: those that fit every part.
 *
 * @param jobId runs of this job; {@code null} takes those of every job
 * @param statuses one of these statuses; empty takes every status
 * @param externalId the run with this external id; {@code null} takes every run
 */
public record RunFilter(
    @Nullable Long jobId, Set<RunStatus> statuses, @Nullable String externalId) {

  /** Runs whatever their external id is. */
  public RunFilter(@Nullable Long jobId, Set<RunStatus> statuses) {
    this(jobId, statuses, null);
  }
}
