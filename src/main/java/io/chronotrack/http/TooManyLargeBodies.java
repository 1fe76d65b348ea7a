package io.chronotrack.http;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import java.util.OptionalInt;

/** So many large bodies are being read that one more might be more than the memory holds. */
final class TooManyLargeBodies extends DomainException {

  private static final long serialVersionUID = 1L;

  private static final int RETRY_AFTER_SECONDS = 2;

  TooManyLargeBodies() {
    super(ErrorCode.UNAVAILABLE, "Too many large bodies are being read. Nothing was changed.");
  }

  @Override
  public OptionalInt retryAfterSeconds() {
    return OptionalInt.of(RETRY_AFTER_SECONDS);
  }
}
