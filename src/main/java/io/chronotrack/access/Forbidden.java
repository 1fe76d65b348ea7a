package io.chronotrack.access;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** The caller is known and may not do this. */
public final class Forbidden extends DomainException {

  private static final long serialVersionUID = 1L;

  /**
   * @param detail what is not allowed, a sentence for the client
   */
  public Forbidden(String detail) {
    super(ErrorCode.FORBIDDEN, detail);
  }
}
