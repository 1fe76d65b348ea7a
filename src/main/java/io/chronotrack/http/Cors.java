package io.chronotrack.http;

import io.chronotrack.config.WebSettings;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other origins call the API from a browser, if the operator named their origins: the
 * CORS protocol of the Fetch standard (https://fetch.spec.whatwg.org/#http-cors-protocol).
 *
 * <p>Cookies are never allowed. A page must send its credential in {@code Authorization}, so that
 * one which has none can do nothing in the name of who looks at it.
 */
final class Cors implements Filter {

  private static final String METHODS = "GET, HEAD, POST, PATCH, DELETE";

  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, ChronoTrack-Project,"
          + " Last-Event-ID, traceparent";

  private static final String ANSWER_HEADERS =
      "ETag, Location, Link, Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed,"
          + " WWW-Authenticate";

  /** In seconds; browsers do not remember a preflight for longer than two hours. */
  private static final String MAX_AGE = "7200";

  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = origins;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var question = (HttpServletRequest) request;
    var answer = (HttpServletResponse) response;
    String allowed = allowed(question.getHeader("Origin"));
    if (!origins.isEmpty() && !origins.contains(WebSettings.ANY_ORIGIN)) {
      // Also on an answer to nobody in particular, or a cache would give it to a browser later.
      answer.setHeader("Vary", "Origin");
    }
    if (allowed != null) {
      answer.setHeader("Access-Control-Allow-Origin", allowed);
      if (isPreflight(question)) {
        // Answered here, as it comes without the credential that the request itself will have.
        answer.setHeader("Access-Control-Allow-Methods", METHODS);
        answer.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
        answer.setHeader("Access-Control-Max-Age", MAX_AGE);
        answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return;
      }
      answer.setHeader("Access-Control-Expose-Headers", ANSWER_HEADERS);
    }
    chain.doFilter(request, response);
  }

  /** What the answer says to this origin; {@code null} if it may not read it. */
  private @Nullable String allowed(@Nullable String origin) {
    if (origin == null) {
      return null;
    }
    if (origins.contains(WebSettings.ANY_ORIGIN)) {
      return WebSettings.ANY_ORIGIN;
    }
    return origins.contains(origin) ? origin : null;
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Access-Control-Request-Method") != null;
  }
}
