package io.chronotrack.audit;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answers;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** {@code /audit}. */
@Singleton
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private final AuditService audit;
  private final AppConfig config;

  @Inject
  public AuditResource(AuditService audit, AppConfig config) {
    this.audit = audit;
    this.config = config;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public AuditResource() {
    this(null, null);
  }

  @GET
  @RolesAllowed(Role.Name.ADMIN)
  public Response list(@Context SecurityContext security, @Context UriInfo uri) {
    Caller caller = Callers.of(security);
    var query = new QueryParameters(uri, caller);
    var filter = filter(query, caller);
    var page = query.page(config.limits());
    query.verify();
    return Answers.list(audit.list(caller, filter, page), AuditView::of, page.limit(), query);
  }

  private static AuditFilter filter(QueryParameters query, Caller caller) {
    boolean installation = Boolean.TRUE.equals(query.flag("installation"));
    Set<Outcome> outcomes = query.choices("outcome", Outcome.class);
    return new AuditFilter(
        installation ? AuditFilter.INSTALLATION : caller.projectId(),
        query.text("actor"),
        query.text("action"),
        query.text("subject"),
        // There are two, and to ask for both is to ask for everything.
        outcomes.size() == 1 ? outcomes.iterator().next() : null,
        query.time("at.gte"),
        query.time("at.lt"));
  }
}
