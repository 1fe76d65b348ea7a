package io.chronotrack.journey;

import java.util.ArrayList;
import java.util.List;

/**
 * Payara Micro: the executable jar that has it inside, as users start it; or, for what that jar
 * does not offer, the server's own jar, which is given the WAR.
 */
record PayaraMicro() implements Server {

  private static final String NAME = "payara-micro";

  @Override
  public ProcessBuilder install(Place place) {
    if (place.contextPath().isEmpty() && !place.dataSource()) {
      return new ProcessBuilder("sh", Server.configuration(NAME, "start.sh"));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "java",
                "-Dchronotrack.bind=127.0.0.1",
                "-Dchronotrack.port=" + place.port(),
                "-jar",
                System.getProperty("payara.micro.jar"),
                "--nohazelcast",
                "--rootdir",
                place.folder().toString(),
                "--prebootcommandfile",
                Server.configuration(NAME, "pre-boot-commands.txt"),
                "--postdeploycommandfile",
                Server.configuration(NAME, "post-deploy-commands.txt"),
                "--contextroot",
                place.contextPath().isEmpty() ? "/" : place.contextPath(),
                "--deploy",
                Server.war().toString()));
    if (place.dataSource()) {
      command.addAll(
          List.of(
              "--addlibs",
              Server.postgresDriver().toString(),
              "--postbootcommandfile",
              Server.configuration("payara-server", "data-source-commands.txt")));
    }
    return new ProcessBuilder(command);
  }

  @Override
  public String dataSourceName() {
    return "jdbc/chronotrack";
  }
}
