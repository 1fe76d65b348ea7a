package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.http.ClientAddress;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** Requests as filters see them. */
final class Requests {

  /** Where they come from. */
  static final String ADDRESS = "192.0.2.1";

  private static final URI ROOT = URI.create("http://localhost/");

  private Requests() {}

  /** A request before it is known who makes it. */
  static ContainerRequest of(String method, String path) {
    var security = new CallerSecurity(null, false);
    var request =
        new ContainerRequest(
            ROOT,
            ROOT.resolve(path),
            method,
            security,
            new MapPropertiesDelegate(),
            new ResourceConfig());
    request.setProperty(ClientAddress.ATTRIBUTE, ADDRESS);
    return request;
  }

  /** A request of this caller; {@code null} is somebody without a credential. */
  static ContainerRequestContext by(@Nullable Caller caller, String method, String path) {
    ContainerRequest request = of(method, path);
    request.setSecurityContext(new CallerSecurity(caller, false));
    return request;
  }
}
