package io.chronotrack.page;

import java.util.Comparator;

/**
 * Where a page ended: the sort key of its last item. It stays right while items are added, because
 * it names a place in the order and not a number of items.
 *
 * @param major first number of the sort key, such as the milliseconds of a creation time; 0 in
 *     lists that have none
 * @param minor second number, unique among items with the same first part: an id or a version
 * @param text what comes before the numbers in lists in the order of a text; else empty
 */
public record Position(long major, long minor, String text) {

  /** By the first number, then by the second. */
  public static final Comparator<Position> ASCENDING =
      Comparator.comparingLong(Position::major).thenComparingLong(Position::minor);

  /** A place in a list that is in no order of a text. */
  public Position(long major, long minor) {
    this(major, minor, "");
  }

  /**
   * The place beside this one, so that what is here is behind it for who reads back.
   *
   * @param isDescending the direction in which this one was reached
   */
  public Position passed(boolean isDescending) {
    return new Position(major, isDescending ? minor - 1 : minor + 1, text);
  }
}
