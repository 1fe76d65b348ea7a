package io.chronotrack.page;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit most items wanted, at least 1
 * @param after where the page before ended; {@code null} asks for the first page
 */
public record PageRequest(int limit, @Nullable Position after) {

  /** The first page. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, null);
  }
}
