package io.chronotrack.run.query;

import io.chronotrack.page.Position;
import io.chronotrack.run.query.RunCondition.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an index: what is between two places, neither of which is in it.
 *
 * @param lower {@code null} for the beginning
 * @param upper {@code null} for the end
 */
public record KeyRange(@Nullable Position lower, @Nullable Position upper) {

  /** Everything. */
  public static final KeyRange ALL = new KeyRange(null, null);

  /** Below every id, and above every one. */
  private static final long FIRST = 0;

  private static final long LAST = Long.MAX_VALUE;

  /** The part of it in which what is sorted by compares so with a value. */
  KeyRange where(Comparison comparison, long value) {
    return switch (comparison) {
      case EQUAL -> above(new Position(value, FIRST)).below(new Position(value, LAST));
      case LESS -> below(new Position(value, FIRST));
      case LESS_OR_EQUAL -> below(new Position(value, LAST));
      case GREATER -> above(new Position(value, LAST));
      case GREATER_OR_EQUAL -> above(new Position(value, FIRST));
    };
  }

  /** The part of it that is behind a place, for who reads in this direction. */
  public KeyRange behind(Position place, boolean isDescending) {
    return isDescending ? below(place) : above(place);
  }

  /** The part of it up to a place and with it, for who reads in this direction. */
  public KeyRange upTo(Position place, boolean isDescending) {
    return isDescending
        ? above(new Position(place.major(), place.minor() - 1))
        : below(new Position(place.major(), place.minor() + 1));
  }

  private KeyRange above(Position place) {
    boolean isTighter = lower == null || Position.ASCENDING.compare(place, lower) > 0;
    return isTighter ? new KeyRange(place, upper) : this;
  }

  private KeyRange below(Position place) {
    boolean isTighter = upper == null || Position.ASCENDING.compare(place, upper) < 0;
    return isTighter ? new KeyRange(lower, place) : this;
  }

  /** Whether there can be nothing in it. */
  public boolean isEmpty() {
    return lower != null && upper != null && Position.ASCENDING.compare(lower, upper) >= 0;
  }

  /** Whether a place is in it. */
  public boolean contains(Position place) {
    return (lower == null || Position.ASCENDING.compare(lower, place) < 0)
        && (upper == null || Position.ASCENDING.compare(place, upper) < 0);
  }

  /**
   * A comparison that a database can enter an index by.
   *
   * @param isOfId whether it is of the id, and not of what is sorted by
   */
  public record Bound(boolean isOfId, Comparison comparison, long value) {}

  /**
   * The same as parts that each are one range of an index. A comparison of pairs would be one in
   * theory; SQLite enters the index by its first half, and reads all that is alike in it. Of
   * durations, much is alike.
   *
   * @return parts in ascending order, each a list of bounds that must all hold
   */
  public List<List<Bound>> parts() {
    if (isEmpty()) {
      return List.of();
    }
    if (lower != null && upper != null && lower.major() == upper.major()) {
      return List.of(
          List.of(
              key(Comparison.EQUAL, lower.major()),
              id(Comparison.GREATER, lower.minor()),
              id(Comparison.LESS, upper.minor())));
    }
    List<List<Bound>> parts = new ArrayList<>();
    List<Bound> middle = new ArrayList<>();
    if (lower != null) {
      middle.add(
          key(
              lower.minor() == FIRST ? Comparison.GREATER_OR_EQUAL : Comparison.GREATER,
              lower.major()));
      if (isBetweenIds(lower)) {
        parts.add(
            List.of(key(Comparison.EQUAL, lower.major()), id(Comparison.GREATER, lower.minor())));
      }
    }
    parts.add(middle);
    if (upper != null) {
      middle.add(
          key(upper.minor() == LAST ? Comparison.LESS_OR_EQUAL : Comparison.LESS, upper.major()));
      if (isBetweenIds(upper)) {
        parts.add(
            List.of(key(Comparison.EQUAL, upper.major()), id(Comparison.LESS, upper.minor())));
      }
    }
    return List.copyOf(parts);
  }

  private static boolean isBetweenIds(Position place) {
    return place.minor() != FIRST && place.minor() != LAST;
  }

  private static Bound key(Comparison comparison, long value) {
    return new Bound(false, comparison, value);
  }

  private static Bound id(Comparison comparison, long value) {
    return new Bound(true, comparison, value);
  }
}
