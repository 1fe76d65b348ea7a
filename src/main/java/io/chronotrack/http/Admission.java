package io.chronotrack.http;

import jakarta.servlet.http.HttpServletRequest;

/** What lets a request in, for answers that go on: it may end before they do. */
@FunctionalInterface
public interface Admission {

  /** The attribute of a request that has its admission. */
  String ATTRIBUTE = "io.chronotrack.admission";

  /**
   * Whether the same request would be let in now, for the same caller.
   *
   * @throws io.chronotrack.problem.DomainException if nobody can tell at the moment
   */
  boolean holds();

  /** The admission of a request. */
  static Admission of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Admission admission) {
      return admission;
    }
    throw new IllegalStateException("a resource that needs a caller was reached without one");
  }
}
