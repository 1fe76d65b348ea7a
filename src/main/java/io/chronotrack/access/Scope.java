package io.chronotrack.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the data that there is for a caller. Whatever is outside of it does not exist for the
 * caller: not in a list, not by its id, not in the text of an error.
 *
 * @param projectId the project that the caller acts in
 * @param jobIds the only jobs that the caller sees there; {@code null} is all of them
 */
public record Scope(long projectId, @Nullable Set<Long> jobIds) {

  /** A whole project. */
  public static Scope of(long projectId) {
    return new Scope(projectId, null);
  }

  /** Whether a job, and what belongs to it, is in this scope. */
  public boolean shows(long project, long job) {
    return project == projectId && (jobIds == null || jobIds.contains(job));
  }

  /** Whether this is less than a whole project. */
  public boolean isNarrowed() {
    return jobIds != null;
  }
}
