package io.chronotrack.stats;

/** The ways in which a run can end. */
public enum RunOutcome {
  /** As it should. */
  SUCCESS,
  /** With an error. */
  FAILED,
  /** Called off. */
  CANCELLED
}
