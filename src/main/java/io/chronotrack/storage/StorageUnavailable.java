package io.chronotrack.storage;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The storage cannot do this now; nothing was changed, and trying again later may help. */
public final class StorageUnavailable extends DomainException {

  private static final long serialVersionUID = 1L;

  /** What a client should wait, in seconds, before it tries again. */
  private static final int RETRY_AFTER_SECONDS = 2;

  /**
   * @param detail what cannot be done, for the client
   * @param cause why, for the log
   */
  public StorageUnavailable(String detail, @Nullable Throwable cause) {
    super(ErrorCode.UNAVAILABLE, detail, cause);
  }

  @Override
  public OptionalInt retryAfterSeconds() {
    return OptionalInt.of(RETRY_AFTER_SECONDS);
  }
}
