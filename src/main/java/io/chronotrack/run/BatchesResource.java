package io.chronotrack.run;

import io.chronotrack.access.Role;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answer;
import io.chronotrack.http.Answers;
import io.chronotrack.http.BatchBody;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.http.TraceContext;
import io.chronotrack.idempotency.IdempotencyService;
import io.chronotrack.problem.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** {@code /runs/batch}: many changes of runs in one request. */
@Singleton
@Path("runs/batch")
@Produces(MediaType.APPLICATION_JSON)
public class BatchesResource {

  private final BatchService batches;
  private final IdempotencyService idempotency;
  private final AppConfig config;

  @Inject
  public BatchesResource(BatchService batches, IdempotencyService idempotency, AppConfig config) {
    this.batches = batches;
    this.idempotency = idempotency;
    this.config = config;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public BatchesResource() {
    this(null, null, null);
  }

  @POST
  @RolesAllowed(Role.Name.REPORTER)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response apply(
      @BatchBody JsonBody body,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    var post = Post.of(security, headers, uri, body);
    var query = new QueryParameters(uri, post.caller());
    boolean atomic = Boolean.TRUE.equals(query.flag("atomic"));
    query.verify();
    var operations =
        BatchRequests.operations(body, config.limits(), TraceContext.traceparent(headers));
    var answer =
        idempotency.once(
            post,
            () -> batches.apply(post.caller(), operations, atomic),
            results -> Answer.done(view(results, post)));
    return Answers.of(uri, answer);
  }

  private static BatchView view(List<BatchResult> results, Post post) {
    return BatchView.of(results, reason -> Problem.inside(post.root(), post.path(), reason));
  }
}
