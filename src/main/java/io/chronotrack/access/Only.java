package io.chronotrack.access;

/** What a credential is narrowed to, whatever its role would allow beyond that. */
public enum Only {
  /** Reading: nothing can be changed. */
  READ,
  /** Reporting: runs can be created and changed, and nothing can be read. */
  REPORT
}
