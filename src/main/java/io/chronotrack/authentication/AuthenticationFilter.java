package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Unauthorized;
import io.chronotrack.http.Admission;
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
import java.util.regex.Pattern;

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

  /**
   * What is answered without a look at any credential, because it must be answered when none can be
   * looked up. Some servers answer it themselves.
   */
  private static final Pattern OPEN = Pattern.compile("(health|openapi)(/.*)?");

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

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public AuthenticationFilter() {
    this(null, null, null);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String address = address(request);
    Caller caller =
        shownCredential(request, address)
            .map(
                credential -> {
                  request.setProperty(ACTOR, credential.actor());
                  rates.countRequest(credential.actor(), request);
                  return admitted(credential, request, address);
                })
            .orElse(null);
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new CallerSecurity(caller, secure));
  }

  private Caller admitted(Credential credential, ContainerRequestContext request, String address) {
    String shown = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    String wanted = request.getHeaderString(Authentication.PROJECT_HEADER);
    Caller caller = authentication.callerOf(credential, wanted, address);
    Admission admission = () -> authentication.admits(caller, shown, wanted);
    request.setProperty(Admission.ATTRIBUTE, admission);
    return caller;
  }

  /** Where a request came from. */
  static String address(ContainerRequestContext request) {
    return request.getProperty(ClientAddress.ATTRIBUTE) instanceof String address
        ? address
        : "unknown";
  }

  /** What was asked for, below the root of the application and without a slash before it. */
  static String path(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    // Servers disagree about whether it begins with one.
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private Optional<Credential> shownCredential(ContainerRequestContext request, String address) {
    if (OPEN.matcher(path(request)).matches()) {
      return Optional.empty();
    }
    try {
      return authentication.credentialIn(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    } catch (Unauthorized e) {
      refusals.slowDown(address);
      throw e;
    }
  }
}
