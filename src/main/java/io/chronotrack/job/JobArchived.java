package io.chronotrack.job;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** A new run was asked for on an archived job. */
public final class JobArchived extends DomainException {

  private static final long serialVersionUID = 1L;

  /**
   * @param jobId the archived job
   */
  public JobArchived(long jobId) {
    super(ErrorCode.JOB_ARCHIVED, "Job " + jobId + " is archived and takes no new runs.");
  }
}
