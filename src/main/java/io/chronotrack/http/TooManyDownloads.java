package io.chronotrack.http;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import java.util.OptionalInt;

/** As many downloads are written as may be at a time. */
final class TooManyDownloads extends DomainException {

  private static final long serialVersionUID = 1L;

  /** What a client should wait, in seconds, before it tries again. */
  private static final int RETRY_AFTER_SECONDS = 10;

  TooManyDownloads(int most) {
    super(
        ErrorCode.UNAVAILABLE,
        "No more than " + most + " exports are written at a time. Repeat the request later.");
  }

  @Override
  public OptionalInt retryAfterSeconds() {
    return OptionalInt.of(RETRY_AFTER_SECONDS);
  }
}
