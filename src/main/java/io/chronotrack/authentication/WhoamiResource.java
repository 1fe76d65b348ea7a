package io.chronotrack.authentication;

import io.chronotrack.access.Role;
import io.chronotrack.http.Callers;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /whoami}: tells callers who they are. */
@Singleton
@Path("whoami")
@Produces(MediaType.APPLICATION_JSON)
public class WhoamiResource {

  @GET
  @RolesAllowed(Role.Name.ANY)
  public CallerView get(@Context SecurityContext security) {
    return CallerView.of(Callers.of(security));
  }
}
