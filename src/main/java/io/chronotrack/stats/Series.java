package io.chronotrack.stats;

import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of spans of time, without gaps, and the runs that ended in each.
 *
 * <p>Runs are counted by quarters of an hour, because that is where the clocks of every present
 * time zone stand when it is a full hour in UTC. So days and hours of every zone are told exactly,
 * or not at all. Not thread-safe.
 */
public final class Series {

  /** What all spans are made of, in milliseconds. */
  private static final long QUARTER_MS = 15 * 60 * 1_000L;

  private final Interval interval;
  private final ZoneId zone;

  /** Where spans begin, and where the last one ends, in quarters of an hour since 1970. */
  private final long[] bounds;

  private final Tally[] tallies;

  private Series(Interval interval, ZoneId zone, long[] bounds) {
    this.interval = interval;
    this.zone = zone;
    this.bounds = bounds;
    this.tallies = new Tally[bounds.length - 1];
    Arrays.setAll(tallies, i -> new Tally());
  }

  /**
   * The spans that cover a time, whole ones, with nothing in them.
   *
   * @param from in the first span
   * @param to in the last span, or its end; after {@code from}
   * @throws ValidationFailed if they are too many, or do not begin at a quarter of an hour
   */
  public static Series covering(Instant from, Instant to, Interval interval, ZoneId zone) {
    if (!from.isBefore(to)) {
      throw new ValidationFailed(
          Violation.ofParameter("to", "must be after from, which is " + from));
    }
    List<Long> bounds = new ArrayList<>();
    ZonedDateTime start = interval.startOf(from.atZone(zone));
    while (start.toInstant().isBefore(to)) {
      if (bounds.size() == interval.mostSpans()) {
        throw new ValidationFailed(
            Violation.ofParameter(
                "from",
                "must not be so long before to, there are at most "
                    + interval.mostSpans()
                    + " buckets of "
                    + (interval == Interval.HOUR ? "an hour" : "a day")));
      }
      bounds.add(quarterOf(start));
      start = interval.next(start);
    }
    bounds.add(quarterOf(start));
    return new Series(interval, zone, bounds.stream().mapToLong(Long::longValue).toArray());
  }

  private static long quarterOf(ZonedDateTime bound) {
    long millis = bound.toInstant().toEpochMilli();
    if (millis % QUARTER_MS != 0) {
      throw new ValidationFailed(
          Violation.ofParameter(
              "timezone",
              "must be one whose clocks are whole quarters of an hour from UTC; "
                  + bound
                  + " is not"));
    }
    return millis / QUARTER_MS;
  }

  /** The quarter of an hour in which a time is. */
  public static long quarterOf(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), QUARTER_MS);
  }

  /** The first quarter of an hour, since 1970. */
  public long firstQuarter() {
    return bounds[0];
  }

  /** The quarter of an hour behind the last one. */
  public long endQuarter() {
    return bounds[bounds.length - 1];
  }

  /** What the runs of a quarter of an hour are counted in; {@code null} for one outside. */
  public @Nullable Tally of(long quarter) {
    if (quarter < firstQuarter() || quarter >= endQuarter()) {
      return null;
    }
    int found = Arrays.binarySearch(bounds, quarter);
    return tallies[found >= 0 ? found : -found - 2];
  }

  /** How many spans there are. */
  int size() {
    return tallies.length;
  }

  /**
   * When a span begins.
   *
   * @param span from 0; the number of spans gives the end of the last one
   */
  Instant startOf(int span) {
    return Instant.ofEpochMilli(bounds[span] * QUARTER_MS);
  }

  /** The runs of a span. */
  Tally tally(int span) {
    return tallies[span];
  }

  /** The runs of all spans. */
  Tally total() {
    var total = new Tally();
    for (Tally tally : tallies) {
      total.add(tally);
    }
    return total;
  }

  Interval interval() {
    return interval;
  }

  ZoneId zone() {
    return zone;
  }
}
