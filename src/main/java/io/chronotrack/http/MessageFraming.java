package io.chronotrack.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Refuses requests whose end a proxy in front may see at another place than this server does: what
 * follows would be a request to the one and a body to the other (request smuggling).
 *
 * <p>RFC 9112, sections 6.1 and 6.3. Two lengths that differ, or are none, the server refuses.
 */
public class MessageFraming implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isAmbiguous((HttpServletRequest) request)) {
      var answer = (HttpServletResponse) response;
      // Whatever comes next on this connection may have been meant as part of this request.
      answer.setHeader("Connection", "close");
      answer.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isAmbiguous(HttpServletRequest request) {
    List<String> codings = Collections.list(request.getHeaders("Transfer-Encoding"));
    return !codings.isEmpty()
        && (request.getHeader("Content-Length") != null
            || !isChunkedAlone(codings)
            // That version does not know the header, so an old proxy may have passed it on unread.
            || request.getProtocol().equals("HTTP/1.0"));
  }

  /** The server undoes no other coding, so with another one it would misread the body. */
  private static boolean isChunkedAlone(List<String> codings) {
    return codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
  }
}
