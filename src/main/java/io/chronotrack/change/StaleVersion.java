package io.chronotrack.change;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** Someone else changed the thing since the client read it. */
public final class StaleVersion extends DomainException {

  private static final long serialVersionUID = 1L;

  /**
   * @param actual the version that the thing has now
   */
  public StaleVersion(long actual) {
    super(
        ErrorCode.VERSION_MISMATCH,
        "It was changed in the meantime: its version is now "
            + actual
            + ". Read it again and repeat the change.");
  }
}
