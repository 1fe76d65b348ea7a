package io.chronotrack.http;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Refuses a request that should have a body and has none, or one of any type: without a content
 * type no reader would be asked, and a wildcard would match whatever a resource reads.
 */
@Provider
public class BodyRequired implements ContainerRequestFilter {

  private static final Set<String> METHODS = Set.of("POST", "PATCH");

  @Override
  public void filter(ContainerRequestContext request) {
    if (!METHODS.contains(request.getMethod())) {
      return;
    }
    if (!request.hasEntity()) {
      throw MalformedJson.noBody();
    }
    MediaType type = request.getMediaType();
    if (type != null && (type.isWildcardType() || type.isWildcardSubtype())) {
      throw new NotSupportedException();
    }
  }
}
