package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
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

  /** Property of a request: whom its credential names. */
  static final String ACTOR = "io.chronotrack.actor";

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
    Caller caller =
        credential(request, address)
            .map(
                credential -> {
                  request.setProperty(ACTOR, credential.actor());
                  rates.countRequest(credential.actor(), request);
                  return authentication.callerOf(
                      credential, request.getHeaderString(Authentication.PROJECT_HEADER), address);
                })
            .orElse(null);
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new CallerSecurity(caller, secure));
  }

  /** Where a request came from. */
  static String address(ContainerRequestContext request) {
    return request.getProperty(ClientAddress.ATTRIBUTE) instanceof String address
        ? address
        : "unknown";
  }

  private Optional<Credential> credential(ContainerRequestContext request, String address) {
    try {
      return authentication.credentialIn(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    } catch (Unauthorized e) {
      refusals.slowDown(address);
      throw e;
    }
  }
}
