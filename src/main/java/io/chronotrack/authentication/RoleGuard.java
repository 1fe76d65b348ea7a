package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.Unauthorized;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets those pass who may call one kind of resource method. Made by {@link RoleRules}. */
@Priority(Priorities.AUTHORIZATION)
final class RoleGuard implements ContainerRequestFilter {

  private static final Set<String> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final @Nullable Role required;
  private final RequestRates rates;

  /**
   * @param required the least role that may pass; {@code null} lets every caller pass
   */
  RoleGuard(@Nullable Role required, RequestRates rates) {
    this.required = required;
    this.rates = rates;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
      throw Unauthorized.missing();
    }
    if (required == null) {
      return;
    }
    boolean reading = READING.contains(request.getMethod());
    if (!caller.role().includes(required)) {
      throw new Forbidden(
          "This needs the role "
              + required.roleName()
              + "; the credential has the role "
              + caller.role().roleName()
              + ".");
    }
    if (!permits(caller.only(), reading)) {
      throw new Forbidden("The credential is narrowed to " + narrowed(caller) + ".");
    }
    if (isReport(reading)) {
      rates.countReport(caller.actor(), request);
    }
  }

  private static String narrowed(Caller caller) {
    return String.valueOf(caller.only()).toLowerCase(Locale.ROOT) + "ing";
  }

  private boolean permits(@Nullable Only only, boolean reading) {
    if (only == null) {
      return true;
    }
    return switch (only) {
      case READ -> reading;
      case REPORT -> isReport(reading);
    };
  }

  private boolean isReport(boolean reading) {
    return required == Role.REPORTER && !reading;
  }
}
