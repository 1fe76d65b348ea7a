package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Unauthorized;
import io.chronotrack.http.ClientAddress;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Finds the caller of every request, before it is known what is asked for. A request without a
 * credential goes on: whether it needs one, {@link RoleRules} decides.
 */
@Dependent
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {

  private final Authentication authentication;
  private final Refusals refusals;
  private final RequestRates rates;

  @Inject
  public AuthenticationFilter(
      Authentication authentication, Refusals refusals, RequestRates rates) {
    this.authentication = authentication;
    this.refusals = refusals;
    this.rates = rates;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String address = address(request);
    Optional<Caller> caller;
    try {
      caller =
          authentication.callerOf(
              request.getHeaderString(HttpHeaders.AUTHORIZATION),
              request.getHeaderString(Authentication.PROJECT_HEADER),
              address);
    } catch (Unauthorized e) {
      throw refusals.ofStranger(attempt(request), address, e);
    } catch (Forbidden e) {
      throw refusals.ofNobody(attempt(request), address, e);
    }
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new CallerSecurity(caller.orElse(null), secure));
    caller.ifPresent(known -> rates.countRequest(known, request));
  }

  /** What was asked for, as the audit tells it. */
  static String attempt(ContainerRequestContext request) {
    return request.getMethod() + " /" + request.getUriInfo().getPath();
  }

  static String address(ContainerRequestContext request) {
    return request.getProperty(ClientAddress.ATTRIBUTE) instanceof String address
        ? address
        : "unknown";
  }
}
