package io.chronotrack.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives each body the time that it may take to arrive, whoever reads it. What came too late is
 * answered by 408, after which the connection ends: nobody waits for the rest.
 */
final class BodyDeadline implements Filter {

  private final int maxMillis;

  BodyDeadline(int maxMillis) {
    this.maxMillis = maxMillis;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var question = (HttpServletRequest) request;
    if (!hasBody(question)) {
      chain.doFilter(request, response);
      return;
    }
    var answer = (HttpServletResponse) response;
    try {
      chain.doFilter(new Timed(question, answer), response);
    } catch (ServletException | RuntimeException e) {
      // Not from a resource, but from the server's own reader of forms.
      if (!isTooSlow(e) || response.isCommitted()) {
        throw e;
      }
      answer.sendError(HttpServletResponse.SC_REQUEST_TIMEOUT);
    }
  }

  private static boolean isTooSlow(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooSlow) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** The request with its body timed; one stream, however often it is asked for. */
  private final class Timed extends HttpServletRequestWrapper {

    private final HttpServletResponse answer;
    private @Nullable ServletInputStream body;

    Timed(HttpServletRequest request, HttpServletResponse answer) {
      super(request);
      this.answer = answer;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      ServletInputStream timed = body;
      if (timed == null) {
        timed = new TimedBody(super.getInputStream(), maxMillis, System::nanoTime, this::close);
        body = timed;
      }
      return timed;
    }

    private void close() {
      answer.setHeader("Connection", "close");
    }
  }
}
