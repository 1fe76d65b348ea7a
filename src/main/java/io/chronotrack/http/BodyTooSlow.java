package io.chronotrack.http;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** The body did not arrive in the time that it may take. */
final class BodyTooSlow extends DomainException {

  private static final long serialVersionUID = 1L;

  BodyTooSlow(int maxMillis) {
    super(ErrorCode.REQUEST_TIMEOUT, "A body must arrive within " + maxMillis + " ms.");
  }
}
