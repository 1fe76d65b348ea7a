package io.chronotrack.access;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** The request has no credential, or one that is not accepted. */
public final class Unauthorized extends DomainException {

  private static final long serialVersionUID = 1L;

  private Unauthorized(String detail) {
    super(ErrorCode.UNAUTHORIZED, detail);
  }

  /** There is no credential. */
  public static Unauthorized missing() {
    return new Unauthorized(
        "Send a credential in the header 'Authorization', as in: Bearer ct_...");
  }

  /** There is a credential that is not accepted; why is not told to a stranger. */
  public static Unauthorized invalid() {
    return new Unauthorized(
        "The credential is not accepted: it is malformed, unknown, expired or revoked.");
  }
}
