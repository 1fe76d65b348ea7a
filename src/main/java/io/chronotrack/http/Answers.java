package io.chronotrack.http;

import io.chronotrack.page.CountedPage;
import io.chronotrack.page.Page;
import io.chronotrack.page.Position;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The successful answers that all endpoints give alike. */
public final class Answers {

  private Answers() {}

  /**
   * 200 with one resource and its entity tag, or 304 if the client has this version already.
   *
   * @param ifNoneMatch lines of that header of the request; empty without it
   */
  public static Response one(List<String> ifNoneMatch, long version, Object view) {
    return Preconditions.ifNoneMatch(ifNoneMatch, version)
        ? tagged(Response.notModified(), version).build()
        : tagged(Response.ok(view), version).build();
  }

  /** 200 with a resource that was changed, and its new entity tag. */
  public static Response changed(long version, Object view) {
    return tagged(Response.ok(view), version).build();
  }

  /** What was answered to a POST, now or before. */
  public static Response of(UriInfo uri, Answer answer) {
    // As bytes, which go out as they are: a text would be encoded through a buffer of its own.
    var response =
        Response.status(answer.status())
            .type(answer.mediaType())
            .entity(answer.body().getBytes(StandardCharsets.UTF_8));
    String location = answer.location();
    if (location != null) {
      response.header(HttpHeaders.LOCATION, uri.getBaseUri().resolve(location).toString());
    }
    Long version = answer.version();
    if (version != null) {
      tagged(response, version);
    }
    if (answer.isRepeated()) {
      response.header(IdempotencyKey.REPLAYED, true);
    }
    return response.build();
  }

  /** 200 with a page of a collection, and links (RFC 8288) to those beside it, if there are any. */
  public static <T, V> Response list(
      Page<T> page, Function<T, V> view, int limit, QueryParameters query) {
    String next = next(page, query);
    String previous = previous(page, query);
    return linked(new Listing<>(views(page, view), next, previous, limit), next, previous, query);
  }

  /** The same for a collection whose items can be counted. */
  public static <T, V> Response list(
      CountedPage<T> counted, Function<T, V> view, int limit, QueryParameters query) {
    Page<T> page = counted.page();
    String next = next(page, query);
    String previous = previous(page, query);
    return linked(
        new CountedListing<>(
            views(page, view), next, previous, limit, CountedListing.Count.of(counted.count())),
        next,
        previous,
        query);
  }

  private static <T, V> List<V> views(Page<T> page, Function<T, V> view) {
    return page.items().stream().map(view).toList();
  }

  private static @Nullable String next(Page<?> page, QueryParameters query) {
    Position next = page.next();
    return next == null ? null : query.cursorAfter(next);
  }

  private static @Nullable String previous(Page<?> page, QueryParameters query) {
    Position previous = page.previous();
    return previous == null ? null : query.cursorBefore(previous);
  }

  private static Response linked(
      Object listing, @Nullable String next, @Nullable String previous, QueryParameters query) {
    var response = Response.ok(listing);
    if (next != null) {
      response.header(HttpHeaders.LINK, link(query, next, "next"));
    }
    if (previous != null) {
      response.header(HttpHeaders.LINK, link(query, previous, "prev"));
    }
    return response.build();
  }

  private static String link(QueryParameters query, String cursor, String relation) {
    return "<" + query.withCursor(cursor) + ">; rel=\"" + relation + "\"";
  }

  /**
   * Adds an entity tag. As the text that it is, like a location: to turn one of their own classes
   * into text, Jersey looks for who can do that and readies a translated error message, every time.
   */
  private static ResponseBuilder tagged(ResponseBuilder response, long version) {
    return response.header(HttpHeaders.ETAG, "\"" + version + "\"");
  }
}
