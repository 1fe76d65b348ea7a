package io.chronotrack.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next where the following page starts; {@code null} when this is the last one
 */
public record Page<T>(List<T> items, @Nullable Position next) {

  /**
   * Makes a page of what a store found when it looked for one item more than was asked for: that
   * one only tells that the list goes on.
   *
   * @param found at most {@code limit + 1} items in the list's order
   * @param limit most items of the page
   * @param positionOf the sort key of an item
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, Position> positionOf) {
    if (found.size() <= limit) {
      return new Page<>(List.copyOf(found), null);
    }
    List<T> items = List.copyOf(found.subList(0, limit));
    return new Page<>(items, positionOf.apply(items.get(limit - 1)));
  }
}
