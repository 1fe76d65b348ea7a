package io.chronotrack.project;

import java.time.Instant;

/**
 * What jobs belong to, and through them runs: a tenant of the installation.
 *
 * @param id assigned by ChronoTrack, from 1; clients never see it
 * @param key names the project in paths and headers; unique, never changed
 * @param name for people; not unique
 * @param archived whether the project takes nothing new
 * @param createdAt when it was created, in milliseconds
 * @param updatedAt when it was last changed
 * @param version counts the changes, from 1
 */
public record Project(
    long id,
    String key,
    String name,
    boolean archived,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  /** The id of the project that every installation has from its start. */
  public static final long DEFAULT_ID = 1;

  /** The key of the project that every installation has from its start. */
  public static final String DEFAULT_KEY = "default";

  /** A new project. */
  public static Project create(long id, NewProject wanted, Instant now) {
    return new Project(id, wanted.key(), wanted.name(), false, now, now, 1);
  }

  /** The project that every installation has, as it is at the start. */
  public static Project createDefault(Instant now) {
    return create(DEFAULT_ID, new NewProject(DEFAULT_KEY, "Default"), now);
  }

  /** This project after a patch; this very project when the patch changes nothing. */
  public Project apply(ProjectPatch patch, Instant now) {
    Project patched =
        new Project(
            id,
            key,
            patch.name().applyToRequired(name),
            patch.archived().applyToRequired(archived),
            createdAt,
            updatedAt,
            version);
    return patched.equals(this) ? this : patched.changedAt(now);
  }

  private Project changedAt(Instant now) {
    return new Project(id, key, name, archived, createdAt, now, version + 1);
  }
}
