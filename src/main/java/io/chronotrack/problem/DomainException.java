package io.chronotrack.problem;

import java.util.Map;
import java.util.OptionalInt;

/**
 * A request that is refused for a reason that the client is told. Knows nothing of HTTP; its
 * message is the {@code detail} of the problem.
 */
public abstract class DomainException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /**
   * @param code what kind of error this is
   * @param detail what was wrong this time, a sentence for the client
   */
  protected DomainException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  /**
   * @param cause what made it impossible, for the log; never shown to the client
   */
  protected DomainException(
      ErrorCode code, String detail, @org.jspecify.annotations.Nullable Throwable cause) {
    // Refusals are ordinary outcomes: without a cause nobody reads their stack, and filling it
    // in costs more than the rest of the refusal.
    super(detail, cause, false, cause != null);
    this.code = code;
  }

  /** What kind of error this is. */
  public final ErrorCode code() {
    return code;
  }

  /** Further members of the problem, beside those that every problem has. */
  public Map<String, Object> members() {
    return Map.of();
  }

  /** After how many seconds it may help to try again; empty if it will not. */
  public OptionalInt retryAfterSeconds() {
    return OptionalInt.empty();
  }

  /** The message that the client is shown. */
  public final String detail() {
    return String.valueOf(getMessage());
  }
}
