package io.chronotrack.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Tells browsers on every answer to make nothing of it but data. An answer that needs something
 * else sets the header itself, which replaces the one from here.
 */
final class SecurityHeaders implements Filter {

  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options",
          "nosniff",
          "Content-Security-Policy",
          "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy",
          "no-referrer",
          // Against pages elsewhere that load an answer as an image or a script. What CORS allows
          // is not asked for this (Fetch, HTTP fetch: only where the answer would be opaque).
          "Cross-Origin-Resource-Policy",
          "same-origin",
          // Kept by the client alone, and asked for anew each time: the entity tag answers that.
          "Cache-Control",
          "private, no-cache");

  /** A year, for this host alone (RFC 6797). */
  private static final String HTTPS_ONLY = "max-age=31536000";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var answer = (HttpServletResponse) response;
    ALWAYS.forEach(answer::setHeader);
    if (request.isSecure()) {
      // Said over plain HTTP it is to be ignored, and could come from anybody.
      answer.setHeader("Strict-Transport-Security", HTTPS_ONLY);
    }
    chain.doFilter(request, response);
  }
}
