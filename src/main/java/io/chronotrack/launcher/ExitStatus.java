package io.chronotrack.launcher;

/** What the process tells its parent when it ends. */
enum ExitStatus {
  /** It did what it was asked to do. */
  OK(0),
  /**
   * Something failed that nobody expected, and the log says what; or what was to be checked is not
   * right.
   */
  FAILED(1),
  /** A setting, an option or the database is not one to work with; one line says which. */
  REFUSED(2);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
