package io.chronotrack.http;

import java.net.URI;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;

/** Requests as the JAX-RS implementation gives them to resources, without a server. */
final class RequestSample {

  private RequestSample() {}

  /** A GET of this path and query, relative to the root of the application. */
  static ContainerRequest get(String relative) {
    return new ContainerRequest(
        URI.create("http://localhost:3000/"),
        URI.create("http://localhost:3000/" + relative),
        "GET",
        null,
        new MapPropertiesDelegate(),
        null);
  }

  /** A GET with one header, given once for each value. */
  static ContainerRequest withHeader(String name, String... values) {
    ContainerRequest request = get("jobs/1");
    for (String value : values) {
      request.header(name, value);
    }
    return request;
  }
}
