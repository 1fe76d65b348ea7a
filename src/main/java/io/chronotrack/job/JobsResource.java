package io.chronotrack.job;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answer;
import io.chronotrack.http.Answers;
import io.chronotrack.http.Callers;
import io.chronotrack.http.Ids;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.http.Preconditions;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.idempotency.IdempotencyService;
import io.chronotrack.stats.JobSummaries;
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
import java.util.Objects;
import java.util.function.Function;

/** {@code /jobs}. */
@Singleton
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

  private final JobService jobs;
  private final JobSummaries summaries;
  private final IdempotencyService idempotency;
  private final AppConfig config;

  @Inject
  public JobsResource(
      JobService jobs, JobSummaries summaries, IdempotencyService idempotency, AppConfig config) {
    this.jobs = jobs;
    this.summaries = summaries;
    this.idempotency = idempotency;
    this.config = config;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public JobsResource() {
    this(null, null, null, null);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  public Response list(@Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    var query = new QueryParameters(uri, caller);
    var search = JobRequests.search(query);
    var page = query.page(config.limits());
    boolean summarized = JobRequests.includesSummary(query);
    boolean counted = query.count();
    query.verify();
    var found = jobs.list(caller, search, page, counted);
    var view = summarized ? summarized(caller, found.page().items()) : plain();
    return Answers.list(found, view, page.limit(), query);
  }

  @POST
  @RolesAllowed(Role.Name.OPERATOR)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      JsonBody body,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    var post = Post.of(security, headers, uri, body);
    var wanted = JobRequests.newJob(body, config.limits());
    var answer =
        idempotency.once(
            post,
            () -> jobs.create(post.caller(), wanted),
            job -> Answer.created("jobs/" + job.id(), job.version(), JobView.of(job)));
    return Answers.of(uri, answer);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  @Path("{id}")
  public Response get(
      @PathParam("id") String id,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch,
      @Context UriInfo uri) {
    var caller = Callers.of(security);
    var query = new QueryParameters(uri, caller);
    boolean summarized = JobRequests.includesSummary(query);
    query.verify();
    var job = jobs.get(caller, Ids.parse(id));
    // A summary changes without the job: the version says nothing about it.
    return summarized
        ? Response.ok(summarized(caller, List.of(job)).apply(job)).build()
        : Answers.one(ifNoneMatch, job.version(), JobView.of(job));
  }

  private static Function<Job, Record> plain() {
    return JobView::of;
  }

  private Function<Job, Record> summarized(Caller caller, List<Job> jobsOfPage) {
    var found = summaries.of(caller, jobsOfPage.stream().map(Job::id).toList());
    return job -> SummarizedJobView.of(job, Objects.requireNonNull(found.get(job.id())));
  }

  @PATCH
  @RolesAllowed(Role.Name.OPERATOR)
  @Path("{id}")
  @Consumes({JsonBody.MERGE_PATCH, MediaType.APPLICATION_JSON})
  public Response patch(
      @PathParam("id") String id,
      JsonBody body,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch) {
    var patch = JobRequests.patch(body, config.limits());
    var job =
        jobs.patch(Callers.of(security), Ids.parse(id), patch, Preconditions.ifMatch(ifMatch));
    return Answers.changed(job.version(), JobView.of(job));
  }
}
