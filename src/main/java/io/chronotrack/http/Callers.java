package io.chronotrack.http;

import io.chronotrack.access.Caller;
import jakarta.ws.rs.core.SecurityContext;

/** Who makes the request, as resources pass it on. */
public final class Callers {

  private Callers() {}

  /** The caller that was found by the request's credential. */
  public static Caller of(SecurityContext security) {
    if (security.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a resource that needs a caller was reached without one");
  }
}
