package io.chronotrack.run;

import io.chronotrack.access.Role;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answer;
import io.chronotrack.http.Answers;
import io.chronotrack.http.Callers;
import io.chronotrack.http.Ids;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.http.TraceContext;
import io.chronotrack.idempotency.IdempotencyService;
import io.chronotrack.run.query.RunSearches;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/** {@code /jobs/{id}/runs}: the runs of one job. */
@Singleton
@Path("jobs/{id}/runs")
@Produces(MediaType.APPLICATION_JSON)
public class JobRunsResource {

  private final RunService runs;
  private final IdempotencyService idempotency;
  private final AppConfig config;

  @Inject
  public JobRunsResource(RunService runs, IdempotencyService idempotency, AppConfig config) {
    this.runs = runs;
    this.idempotency = idempotency;
    this.config = config;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public JobRunsResource() {
    this(null, null, null);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  public Response list(
      @PathParam("id") String id, @Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    long jobId = Ids.parse(id);
    var query = new QueryParameters(uri, caller);
    var search = RunSearches.ofJob(query, jobId);
    var page = query.page(config.limits());
    boolean counted = query.count();
    query.verify();
    return Answers.list(
        runs.listOfJob(caller, jobId, search, page, counted), RunView::of, page.limit(), query);
  }

  @POST
  @RolesAllowed(Role.Name.REPORTER)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      @PathParam("id") String id,
      JsonBody body,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    var post = Post.of(security, headers, uri, body);
    var wanted = RunRequests.newRun(body, config.limits(), TraceContext.traceparent(headers));
    long jobId = Ids.parse(id);
    var answer =
        idempotency.once(
            post, () -> runs.create(post.caller(), jobId, wanted), JobRunsResource::answer);
    return Answers.of(uri, answer);
  }

  private static Answer answer(CreatedRun created) {
    var run = created.run();
    String path = "runs/" + run.id();
    return created.isNew()
        ? Answer.created(path, run.version(), RunView.of(run))
        : Answer.existing(path, run.version(), RunView.of(run));
  }
}
