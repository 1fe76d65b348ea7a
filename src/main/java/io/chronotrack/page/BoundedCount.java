package io.chronotrack.page;

/**
 * How many items a list has, counted only so far as it costs little.
 *
 * @param value the number, or as many as were counted before the counting was given up
 * @param exact whether all were counted
 */
public record BoundedCount(long value, boolean exact) {

  /** Most items that are counted. */
  public static final int MOST = 1_000;

  /**
   * A count of what was found by looking for one item more than are counted.
   *
   * @param found at most {@link #MOST} and one
   * @param complete whether all of the list has been looked at
   */
  public static BoundedCount of(long found, boolean complete) {
    return new BoundedCount(Math.min(found, MOST), complete && found <= MOST);
  }
}
