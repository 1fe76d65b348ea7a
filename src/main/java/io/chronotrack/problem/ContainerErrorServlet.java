package io.chronotrack.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The error page of the whole application (see {@code web.xml}): what the server refuses before a
 * resource is reached becomes a problem, too, and not a page of HTML.
 */
@WebServlet(ContainerErrorServlet.PATH)
public class ContainerErrorServlet extends HttpServlet {

  static final String PATH = "/.error";

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Without these attributes nothing failed: a client asked for this servlet's own path.
    boolean failed = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer;
    int status = failed ? visible(response.getStatus()) : HttpServletResponse.SC_NOT_FOUND;
    String path =
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
            ? uri
            : request.getRequestURI();
    response.setStatus(status);
    response.setContentType(Problem.MEDIA_TYPE);
    byte[] body =
        Problem.ofStatus(status, Redaction.ofPath(path))
            .toJson(request.getContextPath() + "/")
            .getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** A page of the server's own that is switched off is forbidden to it, and nothing to clients. */
  private static int visible(int status) {
    return status == HttpServletResponse.SC_FORBIDDEN ? HttpServletResponse.SC_NOT_FOUND : status;
  }
}
