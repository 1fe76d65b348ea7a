package io.chronotrack.authentication;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells callers what they may do in a minute, and what is left of it: the fields {@code
 * RateLimit-Policy} and {@code RateLimit} of the IETF draft httpapi-ratelimit-headers-10, where
 * {@code q} is the quota, {@code w} the window in seconds, {@code r} what remains and {@code t} the
 * seconds until all of it is there again.
 */
@Dependent
@Provider
public class RateLimitFields implements ContainerResponseFilter {

  private final String policies;

  @Inject
  public RateLimitFields(RequestRates rates) {
    this.policies = rates.policies();
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  public RateLimitFields() {
    this.policies = "";
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object left = request.getProperty(RequestRates.LEFT);
    if (left != null) {
      response.getHeaders().putSingle("RateLimit-Policy", policies);
      response.getHeaders().putSingle("RateLimit", left);
    }
  }
}
