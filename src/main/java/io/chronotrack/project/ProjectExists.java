package io.chronotrack.project;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** A new project was asked for under a key that a project has. */
public final class ProjectExists extends DomainException {

  private static final long serialVersionUID = 1L;

  /**
   * @param key the key that is taken
   */
  public ProjectExists(String key) {
    super(ErrorCode.PROJECT_EXISTS, "There is a project '" + key + "' already.");
  }
}
