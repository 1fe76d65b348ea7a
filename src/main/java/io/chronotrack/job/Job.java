package io.chronotrack.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A logical unit of work that is run again and again.
 *
 * @param id assigned by ChronoTrack, from 1
 * @param projectId the project that it belongs to, for ever
 * @param name for people; not unique
 * @param description more for people
 * @param type a category of the user's own, such as {@code etl}
 * @param archived whether the job takes no new runs
 * @param createdAt when it was created, in milliseconds
 * @param updatedAt when it was last changed
 * @param version counts the changes, from 1
 */
public record Job(
    long id,
    long projectId,
    String name,
    @Nullable String description,
    @Nullable String type,
    boolean archived,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  /** A new job. */
  public static Job create(long id, long projectId, NewJob wanted, Instant now) {
    return new Job(
        id, projectId, wanted.name(), wanted.description(), wanted.type(), false, now, now, 1);
  }

  /** This job after a patch; this very job when the patch changes nothing. */
  public Job apply(JobPatch patch, Instant now) {
    Job patched =
        new Job(
            id,
            projectId,
            patch.name().applyToRequired(name),
            patch.description().applyTo(description),
            patch.type().applyTo(type),
            patch.archived().applyToRequired(archived),
            createdAt,
            updatedAt,
            version);
    return patched.equals(this) ? this : patched.changedAt(now);
  }

  /**
   * @throws JobArchived if the job takes no new runs
   */
  public void verifyTakesRuns() {
    if (archived) {
      throw new JobArchived(id);
    }
  }

  private Job changedAt(Instant now) {
    return new Job(id, projectId, name, description, type, archived, createdAt, now, version + 1);
  }
}
