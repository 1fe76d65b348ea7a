package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.audit.AuditFilter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;

/**
 * Sees to it that every attempt that is refused for lack of a credential or of permission is
 * written down, wherever it was refused: by the answer that it got.
 */
@Dependent
@Provider
public class RefusedAttempts implements ContainerResponseFilter {

  private final Refusals refusals;

  @Inject
  public RefusedAttempts(Refusals refusals) {
    this.refusals = refusals;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public RefusedAttempts() {
    this(null);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    int status = response.getStatus();
    boolean known = request.getProperty(AuthenticationFilter.ACTOR) != null;
    // A stranger who is told to wait has shown one more credential that is not accepted.
    boolean refused =
        status == Status.UNAUTHORIZED.getStatusCode()
            || status == Status.FORBIDDEN.getStatusCode()
            || (status == Status.TOO_MANY_REQUESTS.getStatusCode() && !known);
    if (!refused) {
      return;
    }
    long projectId =
        request.getSecurityContext().getUserPrincipal() instanceof Caller caller
            ? caller.projectId()
            : AuditFilter.INSTALLATION;
    String actor =
        request.getProperty(AuthenticationFilter.ACTOR) instanceof String named
            ? named
            : Caller.ANONYMOUS;
    String attempt = request.getMethod() + " /" + AuthenticationFilter.path(request);
    refusals.record(actor, projectId, AuthenticationFilter.address(request), attempt, status);
  }
}
