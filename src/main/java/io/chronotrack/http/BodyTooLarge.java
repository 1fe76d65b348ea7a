package io.chronotrack.http;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** The body has more bytes than a request may have. */
final class BodyTooLarge extends DomainException {

  private static final long serialVersionUID = 1L;

  BodyTooLarge(int maxBytes) {
    super(ErrorCode.BODY_TOO_LARGE, "A body must not have more than " + maxBytes + " bytes.");
  }
}
