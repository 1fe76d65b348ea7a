package io.chronotrack;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The HTTP API, at the root of the application. */
@ApplicationPath("/")
public class ChronoTrackApi extends Application {

  @Override
  public Map<String, Object> getProperties() {
    // Jersey would answer OPTIONS, and a path of its own, with a description in WADL that says
    // more about the inside than about the API. Other servers ignore the property.
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
