package io.chronotrack.project;

import io.chronotrack.access.Role;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answer;
import io.chronotrack.http.Answers;
import io.chronotrack.http.Callers;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.http.Preconditions;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.idempotency.IdempotencyService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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

/** {@code /projects}. */
@Singleton
@Path("projects")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectsResource {

  private final ProjectService projects;
  private final IdempotencyService idempotency;
  private final AppConfig config;

  @Inject
  public ProjectsResource(
      ProjectService projects, IdempotencyService idempotency, AppConfig config) {
    this.projects = projects;
    this.idempotency = idempotency;
    this.config = config;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public ProjectsResource() {
    this(null, null, null);
  }

  @GET
  @RolesAllowed(Role.Name.ADMIN)
  public Response list(@Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    var query = new QueryParameters(uri, caller);
    var filter = ProjectRequests.filter(query);
    var page = query.page(config.limits());
    query.verify();
    return Answers.list(projects.list(caller, filter, page), ProjectView::of, page.limit(), query);
  }

  @POST
  @RolesAllowed(Role.Name.SYSTEM)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      JsonBody body,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    var post = Post.of(security, headers, uri, body);
    var wanted = ProjectRequests.newProject(body, config.limits());
    var answer =
        idempotency.once(
            post,
            () -> projects.create(post.caller(), wanted),
            project ->
                Answer.created(
                    "projects/" + project.key(), project.version(), ProjectView.of(project)));
    return Answers.of(uri, answer);
  }

  @GET
  @RolesAllowed(Role.Name.ADMIN)
  @Path("{key}")
  public Response get(
      @PathParam("key") String key,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
    var project = projects.get(Callers.of(security), ProjectRequests.key(key));
    return Answers.one(ifNoneMatch, project.version(), ProjectView.of(project));
  }

  @PATCH
  @RolesAllowed(Role.Name.ADMIN)
  @Path("{key}")
  @Consumes({JsonBody.MERGE_PATCH, MediaType.APPLICATION_JSON})
  public Response patch(
      @PathParam("key") String key,
      JsonBody body,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch) {
    var patch = ProjectRequests.patch(body, config.limits());
    var project =
        projects.patch(
            Callers.of(security), ProjectRequests.key(key), patch, Preconditions.ifMatch(ifMatch));
    return Answers.changed(project.version(), ProjectView.of(project));
  }
}
