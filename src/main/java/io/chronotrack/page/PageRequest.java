package io.chronotrack.page;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit most items wanted, at least 1
 * @param after where to go on from; {@code null} asks for the first page
 * @param isBackward whether the items before that place are wanted, and not those behind it; never
 *     without a place
 */
public record PageRequest(int limit, @Nullable Position after, boolean isBackward) {

  /** What is behind a place in the list. */
  public PageRequest(int limit, @Nullable Position after) {
    this(limit, after, false);
  }

  /** The first page. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, null);
  }
}
