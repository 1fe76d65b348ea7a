package io.chronotrack.run;

import io.chronotrack.problem.DomainException;

/** What became of one operation of a batch. */
public sealed interface BatchResult {

  /**
   * It was done.
   *
   * @param run as the operation left it; later ones may have changed it again
   * @param isNew whether the operation created it
   */
  record Done(JobRun run, boolean isNew) implements BatchResult {}

  /** It was refused, and has changed nothing. */
  record Refused(DomainException reason) implements BatchResult {}
}
