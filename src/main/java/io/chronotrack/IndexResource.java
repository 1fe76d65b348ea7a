package io.chronotrack;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** {@code /}: tells someone who opens the address in a browser where things are. */
@Singleton
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class IndexResource {

  @GET
  public Index index(@Context UriInfo uri) {
    String root = uri.getBaseUri().getRawPath();
    return new Index(
        "ChronoTrack",
        Version.CURRENT,
        root + "jobs",
        root + "runs",
        root + "health",
        root + "openapi",
        root + "problems");
  }

  /** What the service is, and the paths of its parts. */
  @JsonbPropertyOrder({"name", "version", "jobs", "runs", "health", "openapi", "problems"})
  public record Index(
      String name,
      String version,
      String jobs,
      String runs,
      String health,
      String openapi,
      String problems) {}
}
