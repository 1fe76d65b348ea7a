package io.chronotrack.resources;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Says who makes the requests, in the place of a credential: resources see what comes of one. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class CallerOfTest implements ContainerRequestFilter {

  private volatile @Nullable Caller caller;

  /** Who makes the requests from now on; {@code null} is somebody without a credential. */
  void set(@Nullable Caller caller) {
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setSecurityContext(new OfTest(caller));
  }

  private record OfTest(@Nullable Caller caller) implements SecurityContext {

    @Override
    public @Nullable Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller != null && Role.of(role).map(caller.role()::includes).orElse(false);
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return "test";
    }
  }
}
