package io.chronotrack.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Open Liberty.
 *
 * @param home where it was unpacked
 */
record OpenLiberty(Path home) implements Server {

  private static final String NAME = "liberty";
  private static final String INSTANCE = "chronotrack";

  @Override
  public ProcessBuilder install(Place place) throws IOException {
    Path server = place.folder().resolve("servers").resolve(INSTANCE);
    Files.createDirectories(server.resolve("apps"));
    Files.copy(Server.war(), server.resolve("apps").resolve("chronotrack.war"));
    copyConfiguration("server.xml", server);
    if (place.dataSource()) {
      copyConfiguration(
          "data-source.xml",
          Files.createDirectories(server.resolve("configDropins").resolve("overrides")));
      Path libraries = Files.createDirectories(server.resolve("postgresql"));
      Files.copy(Server.postgresDriver(), libraries.resolve("postgresql.jar"));
    }
    var command =
        new ProcessBuilder("sh", home.resolve("bin").resolve("server").toString(), "run", INSTANCE);
    command.environment().put("WLP_USER_DIR", place.folder().toString());
    if (!place.contextPath().isEmpty()) {
      command.environment().put("CONTEXT_ROOT", place.contextPath());
    }
    return command;
  }

  @Override
  public String dataSourceName() {
    return "jdbc/chronotrack";
  }

  private static void copyConfiguration(String file, Path folder) throws IOException {
    Files.copy(Path.of(Server.configuration(NAME, file)), folder.resolve(file));
  }
}
