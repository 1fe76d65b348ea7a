package io.chronotrack.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as the API writes and reads them: RFC 3339, section 5.6. */
public final class Timestamps {

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

  /** Not by a pattern: that one's fractions of a second are computed as decimals, step by step. */
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Timestamps() {}

  /** The time in UTC, always with milliseconds. */
  public static String format(Instant time) {
    return FORM.format(time);
  }

  /**
   * The time that a text tells, cut to the millisecond; empty if it is none. The year must be 1 or
   * later once in UTC, so that every time that is read can also be written.
   */
  public static Optional<Instant> parse(String text) {
    if (!DATE_TIME.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      Instant time =
          OffsetDateTime.parse(
                  text.toUpperCase(Locale.ROOT), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
              .toInstant()
              .truncatedTo(ChronoUnit.MILLIS);
      int year = time.atOffset(ZoneOffset.UTC).getYear();
      return year >= 1 && year <= 9999 ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      // Digits in the right places that are no date, such as a 31st of June: no time either.
      return Optional.empty();
    }
  }
}
