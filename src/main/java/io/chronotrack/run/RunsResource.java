package io.chronotrack.run;

import io.chronotrack.access.Role;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answers;
import io.chronotrack.http.Callers;
import io.chronotrack.http.Ids;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Preconditions;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.run.query.RunSearches;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** {@code /runs}: runs by their own id, and runs of all jobs. */
@Singleton
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {

  private final RunService runs;
  private final AppConfig config;

  @Inject
  public RunsResource(RunService runs, AppConfig config) {
    this.runs = runs;
    this.config = config;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public RunsResource() {
    this(null, null);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  public Response list(@Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    var query = new QueryParameters(uri, caller);
    var search = RunSearches.ofAll(query);
    var page = query.page(config.limits());
    boolean counted = query.count();
    query.verify();
    return Answers.list(runs.list(caller, search, page, counted), RunView::of, page.limit(), query);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  @Path("{id}")
  public Response get(
      @PathParam("id") String id,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
    var run = runs.get(Callers.of(security), Ids.parse(id));
    return Answers.one(ifNoneMatch, run.version(), RunView.of(run));
  }

  @PATCH
  @RolesAllowed(Role.Name.REPORTER)
  @Path("{id}")
  @Consumes({JsonBody.MERGE_PATCH, MediaType.APPLICATION_JSON})
  public Response patch(
      @PathParam("id") String id,
      JsonBody body,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch) {
    var patch = RunRequests.patch(body, config.limits());
    var run =
        runs.patch(Callers.of(security), Ids.parse(id), patch, Preconditions.ifMatch(ifMatch));
    return Answers.changed(run.version(), RunView.of(run));
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  @Path("{id}/events")
  public Response events(
      @PathParam("id") String id, @Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    var query = new QueryParameters(uri, caller);
    var page = query.page(config.limits());
    query.verify();
    return Answers.list(
        runs.events(caller, Ids.parse(id), page), RunEventView::of, page.limit(), query);
  }
}
