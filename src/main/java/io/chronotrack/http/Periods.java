package io.chronotrack.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them in addresses: a number with its unit, such as 24h. */
final class Periods {

  private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  private Periods() {}

  /** The length of time that a text tells, with the unit s, m, h or d; empty if it is none. */
  static Optional<Duration> parse(String text) {
    Matcher period = PERIOD.matcher(text);
    if (!period.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(period.group(1));
    return Optional.of(
        switch (period.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }
}
