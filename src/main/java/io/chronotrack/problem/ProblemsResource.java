package io.chronotrack.problem;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code /problems}: the pages that the {@code type} of a problem leads to. */
@Singleton
@Path("problems")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
@PermitAll
public class ProblemsResource {

  @GET
  public String list() {
    String items =
        Arrays.stream(ErrorCode.values())
            .map(
                code ->
                    "<li><a href=\"problems/%s\">%s</a> (%d): %s</li>\n"
                        .formatted(code.slug(), code, Problem.statusOf(code), code.title()))
            .collect(Collectors.joining());
    return page("Problems", "<ul>\n" + items + "</ul>");
  }

  @GET
  @Path("{slug}")
  public String explain(@PathParam("slug") String slug) {
    ErrorCode code =
        ErrorCode.ofSlug(slug).orElseThrow(() -> new NotFound("There is no such problem."));
    return page(
        code.title(),
        "<p>Status %d, code <code>%s</code></p>\n<p>%s</p>"
            .formatted(Problem.statusOf(code), code, code.explanation()));
  }

  /** A page; title and body are our own texts, which have nothing to escape but quotes. */
  private static String page(String title, String body) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%1$s</title></head>
        <body>
        <h1>%1$s</h1>
        %2$s
        </body>
        </html>
        """
        .formatted(title, body);
  }
}
