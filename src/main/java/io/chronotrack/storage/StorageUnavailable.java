package io.chronotrack.storage;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The storage cannot do this now; nothing was changed, and trying again later may help. */
public final class StorageUnavailable extends DomainException {

  private static final long serialVersionUID = 1L;

  /**
   * @param detail what cannot be done, for the client
   * @param cause why, for the log
   */
  public StorageUnavailable(String detail, @Nullable Throwable cause) {
    super(ErrorCode.UNAVAILABLE, detail, cause);
  }
}
