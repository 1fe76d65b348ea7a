package io.chronotrack.http;

import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;

/** Ids in paths: whole numbers from 1 to 2^53 - 1, which every JSON client can hold exactly. */
public final class Ids {

  /** The highest id there can be. */
  static final long MAX = (1L << 53) - 1;

  private Ids() {}

  /**
   * The id that the path parameter {@code id} tells.
   *
   * @throws ValidationFailed if it is none
   */
  public static long parse(String text) {
    return Numbers.parse(text)
        .filter(number -> number > 0)
        .orElseThrow(
            () ->
                new ValidationFailed(
                    Violation.ofParameter("id", "must be a whole number from 1 to " + MAX)));
  }
}
