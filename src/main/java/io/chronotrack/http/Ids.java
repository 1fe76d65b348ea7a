package io.chronotrack.http;

import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import java.util.regex.Pattern;

/** Ids in paths: whole numbers from 1 to 2^53 - 1, which every JSON client can hold exactly. */
public final class Ids {

  /** The highest id there can be. */
  static final long MAX = (1L << 53) - 1;

  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,15}");

  private Ids() {}

  /**
   * The id that the path parameter {@code id} tells.
   *
   * @throws ValidationFailed if it is none
   */
  public static long parse(String text) {
    if (DIGITS.matcher(text).matches()) {
      long id = Long.parseLong(text);
      if (id <= MAX) {
        return id;
      }
    }
    throw new ValidationFailed(
        Violation.ofParameter("id", "must be a whole number from 1 to " + MAX));
  }
}
