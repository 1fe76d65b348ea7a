package io.chronotrack.launcher;

/** A start that ended without a service; the message tells the operator why, in one line. */
final class CannotStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitStatus status;

  CannotStart(ExitStatus status, String reason) {
    super(reason);
    this.status = status;
  }

  ExitStatus status() {
    return status;
  }
}
