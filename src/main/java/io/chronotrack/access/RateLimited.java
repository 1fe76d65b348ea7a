package io.chronotrack.access;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import java.util.OptionalInt;

/** A credential or an address has asked too often in too short a time. */
public final class RateLimited extends DomainException {

  private static final long serialVersionUID = 1L;

  private final int seconds;

  /**
   * @param detail what there was too much of, a sentence for the client
   * @param seconds after which it may ask again
   */
  public RateLimited(String detail, int seconds) {
    super(ErrorCode.RATE_LIMITED, detail);
    this.seconds = seconds;
  }

  @Override
  public OptionalInt retryAfterSeconds() {
    return OptionalInt.of(seconds);
  }
}
