package io.chronotrack.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whole numbers in addresses, which every JSON client can hold exactly. */
public final class Numbers {

  private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,15}");

  private Numbers() {}

  /** The number from 0 to 2^53 - 1 that a text is; empty if it is none. */
  public static Optional<Long> parse(String text) {
    return Optional.of(text)
        .filter(digits -> DIGITS.matcher(digits).matches())
        .map(Long::valueOf)
        .filter(number -> number <= Ids.MAX);
  }
}
