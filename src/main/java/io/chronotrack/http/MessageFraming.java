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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a proxy in front and this server from seeing the end of a request at two places: what
 * follows would be a request to the one and a body to the other (request smuggling). RFC 9112,
 * sections 6.1 and 6.3.
 *
 * <p>A request whose end is doubtful is refused. A body in chunks is the last thing that its
 * connection may bring: Payara forgets a {@code Content-Length} that stood before the {@code
 * Transfer-Encoding}, and refuses the two only in the other order, so that nothing here can tell
 * whether there was one. Two lengths that differ, or are none, the server refuses.
 */
final class MessageFraming implements Filter {

  /** More than there are connections at a time, so that those forgotten are closed. */
  private static final int CONNECTIONS = 4_096;

  /** Connections that end: the server would still serve what has arrived on them already. */
  private final Set<String> ended =
      Collections.synchronizedSet(Collections.newSetFromMap(new Latest()));

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var question = (HttpServletRequest) request;
    var answer = (HttpServletResponse) response;
    List<String> codings = Collections.list(question.getHeaders("Transfer-Encoding"));
    String connection = request.getServletConnection().getConnectionId();
    if (ended.contains(connection)) {
      // Without a body, because the client cannot be told any more.
      answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    if (!codings.isEmpty()) {
      ended.add(connection);
      answer.setHeader("Connection", "close");
    }
    if (isDoubtful(question, codings)) {
      answer.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isDoubtful(HttpServletRequest request, List<String> codings) {
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

  /** Forgets the oldest of too many. */
  private static final class Latest extends LinkedHashMap<String, Boolean> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > CONNECTIONS;
    }
  }
}
