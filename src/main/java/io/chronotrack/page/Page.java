package io.chronotrack.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next where the following page starts; {@code null} when this is the last one
 * @param previous where the page before ends; {@code null} when this is the first one
 */
public record Page<T>(List<T> items, @Nullable Position next, @Nullable Position previous) {

  /** A page that is the first one. */
  public Page(List<T> items, @Nullable Position next) {
    this(items, next, null);
  }

  /**
   * Makes a page of what a store found when it looked for one item more than was asked for: that
   * one only tells that the list goes on.
   *
   * @param found at most {@code limit + 1} items, beginning with the one next to the place that the
   *     request goes on from: in the list's order, or for a backward request against it
   * @param positionOf the sort key of an item
   */
  public static <T> Page<T> of(
      List<T> found, PageRequest request, Function<T, Position> positionOf) {
    boolean goesOn = found.size() > request.limit();
    List<T> items = goesOn ? found.subList(0, request.limit()) : found;
    Position end = goesOn ? positionOf.apply(items.get(items.size() - 1)) : null;
    return of(items, request, end, positionOf);
  }

  /**
   * Makes a page of what a store found when it looked for one item more than was asked for, and
   * gave up after it had looked at enough.
   *
   * @param found as for {@link #of(List, PageRequest, Function)}
   * @param end where the search gave up; {@code null} if it looked at everything
   * @param isDescending the order of the list
   */
  public static <T> Page<T> ofSearch(
      List<T> found,
      PageRequest request,
      @Nullable Position end,
      boolean isDescending,
      Function<T, Position> positionOf) {
    PageRequest from = request;
    Position after = request.after();
    if (found.isEmpty() && after != null) {
      // Who reads back from here must meet the item at the place that this page began behind.
      Position passed = after.passed(isDescending != request.isBackward());
      from = new PageRequest(request.limit(), passed, request.isBackward());
    }
    return found.size() > request.limit() || end == null
        ? of(found, from, positionOf)
        : of(found, from, end, positionOf);
  }

  /** Makes a page of exactly these items, behind which the list goes on at {@code end}. */
  private static <T> Page<T> of(
      List<T> items,
      PageRequest request,
      @Nullable Position end,
      Function<T, Position> positionOf) {
    Position start = request.after();
    Position begin = start == null || items.isEmpty() ? start : positionOf.apply(items.get(0));
    if (!request.isBackward()) {
      return new Page<>(List.copyOf(items), end, begin);
    }
    List<T> inOrder = new ArrayList<>(items);
    Collections.reverse(inOrder);
    return new Page<>(List.copyOf(inOrder), begin, end);
  }

  /** The same page of what becomes of the items. */
  public <U> Page<U> map(Function<T, U> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), next, previous);
  }
}
