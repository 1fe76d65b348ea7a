package io.chronotrack.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Keeps the server from saying that an answer to HEAD would have no content. It sees none, and
 * where the length has not been told, because what GET sends is too long to be counted beforehand,
 * it would tell that of nothing. No length at all is right (RFC 9110, section 8.6).
 */
final class HeadLength implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    if (((HttpServletRequest) request).getMethod().equals("HEAD") && !request.isAsyncStarted()) {
      // The headers go out as they are now.
      response.flushBuffer();
    }
  }
}
