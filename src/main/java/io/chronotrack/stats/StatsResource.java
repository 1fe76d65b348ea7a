package io.chronotrack.stats;

import io.chronotrack.access.Role;
import io.chronotrack.http.Callers;
import io.chronotrack.http.QueryParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** {@code /stats}: the runs of a whole project, by hours or days. */
@Singleton
@Path("stats")
@Produces(MediaType.APPLICATION_JSON)
public class StatsResource {

  private final StatsService statistics;

  @Inject
  public StatsResource(StatsService statistics) {
    this.statistics = statistics;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public StatsResource() {
    this(null);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  public StatsView get(@Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    var query = StatsRequests.query(new QueryParameters(uri, caller));
    return StatsView.of(statistics.ofProject(caller, query));
  }
}
