package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * A caller in the form that resources can ask for.
 *
 * @param caller who asks; {@code null} if there was no credential
 * @param secure whether the request came over TLS
 */
record CallerSecurity(@Nullable Caller caller, boolean secure) implements SecurityContext {

  @Override
  public @Nullable Caller getUserPrincipal() {
    return caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return caller != null
        && Role.of(role).map(caller.role()::includes).orElse(role.equals(Role.Name.ANY));
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public String getAuthenticationScheme() {
    return "Bearer";
  }
}
