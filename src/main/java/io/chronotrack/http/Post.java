package io.chronotrack.http;

import io.chronotrack.access.Caller;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/**
 * A request that creates something, as values: what is done for it may be done by the thread of
 * another one.
 *
 * @param caller who sent it
 * @param root path of the application's root, with a slash at its end
 * @param path of the request, as it was sent
 * @param query of the request, as it was sent; {@code null} if there is none
 * @param key its {@code Idempotency-Key}; {@code null} if it has none
 * @param body what it says
 */
public record Post(
    Caller caller,
    String root,
    String path,
    @Nullable String query,
    @Nullable String key,
    JsonBody body) {

  /** The method of all of them. */
  public static final String METHOD = "POST";

  /**
   * The request that a resource was asked by.
   *
   * @throws io.chronotrack.problem.ValidationFailed if its {@code Idempotency-Key} is none
   */
  public static Post of(SecurityContext security, HttpHeaders headers, UriInfo uri, JsonBody body) {
    return new Post(
        Callers.of(security),
        uri.getBaseUri().getRawPath(),
        uri.getRequestUri().getRawPath(),
        uri.getRequestUri().getRawQuery(),
        IdempotencyKey.of(headers),
        body);
  }
}
