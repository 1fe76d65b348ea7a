package io.chronotrack.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Refuses a request that should have a body and has none. Without a content type no reader would be
 * asked, and the resource would be called with nothing.
 */
@Provider
public class BodyRequired implements ContainerRequestFilter {

  private static final Set<String> METHODS = Set.of("POST", "PATCH");

  @Override
  public void filter(ContainerRequestContext request) {
    if (METHODS.contains(request.getMethod()) && !request.hasEntity()) {
      throw MalformedJson.noBody();
    }
  }
}
