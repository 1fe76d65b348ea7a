package io.chronotrack.http;

import io.chronotrack.page.Page;
import io.chronotrack.page.Position;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Function;

/** The successful answers that all endpoints give alike. */
public final class Answers {

  private Answers() {}

  /** 200 with one resource and its entity tag, or 304 if the client has this version already. */
  public static Response one(HttpHeaders request, long version, Object view) {
    return Preconditions.ifNoneMatch(request, version)
        ? Response.notModified(tag(version)).build()
        : Response.ok(view).tag(tag(version)).build();
  }

  /** 200 with a resource that was changed, and its new entity tag. */
  public static Response changed(long version, Object view) {
    return Response.ok(view).tag(tag(version)).build();
  }

  /** What was answered to a POST, now or before. */
  public static Response of(UriInfo uri, Answer answer) {
    var response = Response.status(answer.status()).type(answer.mediaType()).entity(answer.body());
    String location = answer.location();
    if (location != null) {
      response.location(uri.getBaseUriBuilder().path(location).build());
    }
    Long version = answer.version();
    if (version != null) {
      response.tag(tag(version));
    }
    if (answer.isRepeated()) {
      response.header(IdempotencyKey.REPLAYED, true);
    }
    return response.build();
  }

  /** 200 with a page of a collection, and a link (RFC 8288) to the next one if there is one. */
  public static <T, V> Response list(
      Page<T> page, Function<T, V> view, int limit, QueryParameters query) {
    Position next = page.next();
    String cursor = next == null ? null : query.cursorAt(next);
    var listing = new Listing<>(page.items().stream().map(view).toList(), cursor, limit);
    var response = Response.ok(listing);
    if (cursor != null) {
      response.header(HttpHeaders.LINK, "<" + query.withCursor(cursor) + ">; rel=\"next\"");
    }
    return response.build();
  }

  private static EntityTag tag(long version) {
    return new EntityTag(Long.toString(version));
  }
}
