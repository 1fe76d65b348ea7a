package io.chronotrack.openapi;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code /openapi}: the API document as it was written. A server may show it as well: at its root,
 * and so not below the context path of an application. Where its own answer is at this very path,
 * it hides this resource.
 */
@Singleton
@Path("openapi")
@Produces(OpenApiResource.YAML)
@PermitAll
public class OpenApiResource {

  /** RFC 9512. */
  static final String YAML = "application/yaml";

  private static final String DOCUMENT = "/META-INF/openapi.yaml";

  /** What the document says of its address, which it cannot know. */
  private static final String ADDRESS = "\nservers:\n  - url: /\n";

  private final String document = read();

  @GET
  public String document(@Context UriInfo uri) {
    // Without the slash at its end, because each path of the document begins with one.
    String root = uri.getBaseUri().getRawPath().replaceFirst("(?<=.)/$", "");
    return document.replace(ADDRESS, ADDRESS.replace("/\n", root + "\n"));
  }

  private static String read() {
    try (InputStream text = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
      if (text == null) {
        throw new IllegalStateException("the application has no " + DOCUMENT);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
