package io.chronotrack.journey;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A server that the application can run in, set up and started as its administrator would. What the
 * application is told, such as where its data is, reaches it as environment variables, whatever the
 * server.
 */
interface Server {

  /** The one that this build is about: Payara Micro, unless a Maven profile chose another. */
  static Server underTest() {
    String name = System.getProperty("chronotrack.server");
    return switch (name) {
      case "payara-micro" -> new PayaraMicro();
      case "payara-server" -> new PayaraServer(home());
      case "wildfly" -> new WildFly(home());
      case "liberty" -> new OpenLiberty(home());
      default -> throw new IllegalStateException("there is no driver for the server " + name);
    };
  }

  /**
   * Sets up an instance with the application deployed.
   *
   * @return the command that starts it, in the foreground; the environment of the application is
   *     still to be added
   */
  ProcessBuilder install(Place place) throws IOException, InterruptedException;

  /** The name under which an instance has the data source that its {@link Place} asks for. */
  String dataSourceName();

  /** The application as the build made it: the same file for every server. */
  static Path war() {
    return Path.of(System.getProperty("chronotrack.war"));
  }

  /** A file that is particular to a server, as administrators get it. */
  static String configuration(String server, String file) {
    return Path.of("server-config", server, file).toAbsolutePath().toString();
  }

  /** The driver of PostgreSQL, which a data source of the server's needs. */
  static Path postgresDriver() {
    return Path.of(System.getProperty("postgresql.jar"));
  }

  private static Path home() {
    return Path.of(System.getProperty("chronotrack.server.home"));
  }

  /**
   * Where an instance is.
   *
   * @param folder for its files; need not exist yet
   * @param port that it listens on, at 127.0.0.1
   * @param contextPath of the application: empty for the root of the server, or like {@code
   *     /tracker}
   * @param dataSource whether the server has a data source, on the database that {@code PGHOST},
   *     {@code PGPORT}, {@code PGDATABASE}, {@code PGUSER} and {@code PGPASSWORD} lead to
   */
  record Place(Path folder, int port, String contextPath, boolean dataSource) {}
}
