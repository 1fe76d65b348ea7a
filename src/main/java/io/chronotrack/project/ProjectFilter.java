package io.chronotrack.project;

import org.jspecify.annotations.Nullable;

/**
 * Which projects a list shows: those that fit every part.
 *
 * @param archived archived or not; {@code null} takes both
 * @param id only the project with this id; {@code null} takes every project
 */
public record ProjectFilter(@Nullable Boolean archived, @Nullable Long id) {

  /** All projects. */
  public static final ProjectFilter ALL = new ProjectFilter(null, null);

  /** Those of them that are the project with this id. */
  public ProjectFilter only(long onlyId) {
    return new ProjectFilter(archived, onlyId);
  }
}
