package io.chronotrack.run.stream;

import io.chronotrack.access.Role;
import io.chronotrack.http.Admission;
import io.chronotrack.http.Callers;
import io.chronotrack.http.EventStream;
import io.chronotrack.http.Outbox;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.http.ServerSentEvents;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.run.query.RunSearches;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /runs/stream}: what happens to runs, as it happens. */
@Singleton
@Path("runs/stream")
@Produces(ServerSentEvents.MEDIA_TYPE)
public class RunStreamResource {

  private final RunStreamService streams;

  @Inject
  public RunStreamResource(RunStreamService streams) {
    this.streams = streams;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public RunStreamResource() {
    this(null);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  public void follow(
      @HeaderParam(ServerSentEvents.LAST_EVENT_ID) @Nullable String lastEventId,
      @Suspended AsyncResponse answer,
      @Context HttpServletRequest request,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    RunSearch search = search(security, uri);
    Outbox outbox =
        streams.follow(
            Callers.of(security), search, streams.start(lastEventId), Admission.of(request));
    EventStream.open(request, outbox, answer, streams.senders());
  }

  /** What a stream would begin with; the server's own answer would be a stream without an end. */
  @HEAD
  @RolesAllowed(Role.Name.VIEWER)
  public Response head(
      @HeaderParam(ServerSentEvents.LAST_EVENT_ID) @Nullable String lastEventId,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    search(security, uri);
    streams.start(lastEventId);
    return Response.ok().type(ServerSentEvents.MEDIA_TYPE).build();
  }

  private static RunSearch search(SecurityContext security, UriInfo uri) {
    var query = new QueryParameters(uri, Callers.of(security));
    var search = RunSearches.ofAllUnsorted(query);
    query.verify();
    return search;
  }
}
