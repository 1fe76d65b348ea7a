package io.chronotrack.run.stream;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import java.util.OptionalInt;

/** As many streams are open as there may be. */
public final class TooManyStreams extends DomainException {

  private static final long serialVersionUID = 1L;

  private static final int RETRY_AFTER_SECONDS = 30;

  TooManyStreams(int most) {
    super(ErrorCode.UNAVAILABLE, "There are " + most + " streams open, which is the most.");
  }

  @Override
  public OptionalInt retryAfterSeconds() {
    return OptionalInt.of(RETRY_AFTER_SECONDS);
  }
}
