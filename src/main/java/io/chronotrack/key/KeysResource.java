package io.chronotrack.key;

import io.chronotrack.access.Role;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answer;
import io.chronotrack.http.Answers;
import io.chronotrack.http.Callers;
import io.chronotrack.http.Ids;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.idempotency.IdempotencyService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** {@code /keys}: the API keys of the caller's project. */
@Singleton
@Path("keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMIN)
public class KeysResource {

  private final KeyService keys;
  private final IdempotencyService idempotency;
  private final AppConfig config;

  @Inject
  public KeysResource(KeyService keys, IdempotencyService idempotency, AppConfig config) {
    this.keys = keys;
    this.idempotency = idempotency;
    this.config = config;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public KeysResource() {
    this(null, null, null);
  }

  @GET
  public Response list(@Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    var query = new QueryParameters(uri, caller);
    var page = query.page(config.limits());
    query.verify();
    return Answers.list(
        keys.list(caller, page), key -> KeyView.of(key, caller.project()), page.limit(), query);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response issue(
      JsonBody body,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    var post = Post.of(security, headers, uri, body);
    var wanted = KeyRequests.newKey(body, config.limits());
    var answer =
        idempotency.once(
            post,
            () -> keys.issue(post.caller(), wanted),
            issued -> told(IssuedKeyView.of(issued, post.caller().project()), issued),
            issued -> told(IssuedKeyView.withoutKey(issued, post.caller().project()), issued));
    return unstored(Answers.of(uri, answer));
  }

  @GET
  @Path("{id}")
  public Response get(
      @PathParam("id") String id,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
    var caller = Callers.of(security);
    var key = keys.get(caller, Ids.parse(id));
    return Answers.one(ifNoneMatch, key.version(), KeyView.of(key, caller.project()));
  }

  @DELETE
  @Path("{id}")
  public Response revoke(@PathParam("id") String id, @Context SecurityContext security) {
    keys.revoke(Callers.of(security), Ids.parse(id));
    return Response.noContent().build();
  }

  @POST
  @Path("{id}/rotate")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response rotate(
      @PathParam("id") String id,
      JsonBody body,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    var post = Post.of(security, headers, uri, body);
    var overlap = KeyRequests.overlap(body);
    long old = Ids.parse(id);
    var answer =
        idempotency.once(
            post,
            () -> keys.rotate(post.caller(), old, overlap),
            issued -> told(IssuedKeyView.of(issued, post.caller().project()), issued),
            issued -> told(IssuedKeyView.withoutKey(issued, post.caller().project()), issued));
    return unstored(Answers.of(uri, answer));
  }

  private static Answer told(IssuedKeyView view, IssuedKey issued) {
    return Answer.created("keys/" + issued.key().id(), issued.key().version(), view);
  }

  /** The key is told this one time: nothing on its way may keep it. */
  private static Response unstored(Response answer) {
    return Response.fromResponse(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
