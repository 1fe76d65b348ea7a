package io.chronotrack.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * WildFly, whose configuration stays as it comes: the settings for ChronoTrack are laid over it at
 * the start.
 *
 * @param home where it was unpacked
 */
record WildFly(Path home) implements Server {

  private static final String NAME = "wildfly";

  @Override
  public ProcessBuilder install(Place place) throws IOException {
    Path base = FileTree.copy(home.resolve("standalone"), place.folder());
    Path deployments = base.resolve("deployments");
    Files.copy(Server.war(), deployments.resolve("chronotrack.war"));
    String settings = Server.configuration(NAME, "chronotrack.yml");
    if (place.dataSource()) {
      Files.copy(Server.postgresDriver(), deployments.resolve("postgresql.jar"));
      settings += ":" + Server.configuration(NAME, "data-source.yml");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                home.resolve("bin").resolve("standalone.sh").toString(),
                "-c",
                "standalone-microprofile.xml",
                "--yaml=" + settings,
                "-b",
                "127.0.0.1",
                "-Djboss.server.base.dir=" + base,
                "-Djboss.management.http.port=" + ChronoTrackProcess.freePort()));
    if (!place.contextPath().isEmpty()) {
      command.add("-Dchronotrack.context-root=" + place.contextPath());
    }
    return new ProcessBuilder(command);
  }

  @Override
  public String dataSourceName() {
    return "java:jboss/datasources/ChronoTrack";
  }
}
