package io.chronotrack.stats;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The spans of time that statistics are told by, as the clocks of a time zone have them. */
public enum Interval {
  /** From one full hour to the next; in UTC, an hour. */
  HOUR(1_000, 1) {
    @Override
    ZonedDateTime startOf(ZonedDateTime time) {
      return time.truncatedTo(ChronoUnit.HOURS);
    }

    @Override
    ZonedDateTime next(ZonedDateTime start) {
      ZonedDateTime later = start.plusHours(1);
      ZonedDateTime full = startOf(later);
      // Clocks that are put back by less than an hour show no full hour in between.
      return full.isAfter(start) ? full : later;
    }
  },
  /** From midnight to midnight: of 23 or 25 hours where clocks are changed. */
  DAY(400, 30) {
    @Override
    ZonedDateTime startOf(ZonedDateTime time) {
      return time.toLocalDate().atStartOfDay(time.getZone());
    }

    @Override
    ZonedDateTime next(ZonedDateTime start) {
      LocalDate day = start.toLocalDate().plusDays(1);
      return day.atStartOfDay(start.getZone());
    }
  };

  private final int mostSpans;
  private final int daysUnlessTold;

  Interval(int mostSpans, int daysUnlessTold) {
    this.mostSpans = mostSpans;
    this.daysUnlessTold = daysUnlessTold;
  }

  /** How many spans can be asked for at once. */
  public int mostSpans() {
    return mostSpans;
  }

  /** How many days are shown if the client does not say. */
  int daysUnlessTold() {
    return daysUnlessTold;
  }

  /** When the span began that this time is in. */
  abstract ZonedDateTime startOf(ZonedDateTime time);

  /** When the span after the one with this start begins. */
  abstract ZonedDateTime next(ZonedDateTime start);
}
