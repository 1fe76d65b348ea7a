package io.chronotrack.access;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** Something new was asked for in an archived project. */
public final class ProjectArchived extends DomainException {

  private static final long serialVersionUID = 1L;

  /**
   * @param project key of the archived project
   */
  public ProjectArchived(String project) {
    super(
        ErrorCode.PROJECT_ARCHIVED,
        "Project '" + project + "' is archived and takes no new jobs, runs or keys.");
  }
}
