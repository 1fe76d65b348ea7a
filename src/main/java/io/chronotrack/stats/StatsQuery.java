package io.chronotrack.stats;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which spans of time statistics are asked for.
 *
 * @param from in the first span; {@code null} leaves it to the interval how much is shown
 * @param to in the last span, or its end; {@code null} is now
 * @param interval how long a span is
 * @param zone whose clocks tell where a span begins
 */
public record StatsQuery(
    @Nullable Instant from, @Nullable Instant to, Interval interval, ZoneId zone) {

  /**
   * The spans, with nothing in them.
   *
   * @throws io.chronotrack.problem.ValidationFailed if there are no such spans, or too many
   */
  Series series(Instant now) {
    Instant end = Objects.requireNonNullElse(to, now);
    Instant start = from == null ? end.minus(interval.daysUnlessTold(), ChronoUnit.DAYS) : from;
    return Series.covering(start, end, interval, zone);
  }
}
