package io.chronotrack.launcher;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;

/** Asks the service from outside whether it is alive, as an orchestrator would. */
final class Liveness {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Liveness() {}

  /**
   * @param service base address of the service
   * @return the HTTP status that it answered
   * @throws IOException if it did not answer in time
   */
  static int ask(String service) throws IOException {
    URL url = URI.create(service + "/health/live").toURL();
    // Never by way of a proxy, whatever the environment of the process says.
    var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) PATIENCE.toMillis());
    connection.setReadTimeout((int) PATIENCE.toMillis());
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
