package io.chronotrack.job;

/** How the last run of a job is doing: the statuses of runs by their names, or none. */
public enum LastRunStatus {
  /** The job has not run yet. */
  NONE,
  PENDING,
  RUNNING,
  SUCCESS,
  FAILED,
  CANCELLED
}
