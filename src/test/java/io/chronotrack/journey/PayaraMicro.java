package io.chronotrack.journey;

import java.util.List;

/**
 * Payara Micro: the executable jar that has it inside, as users start it; or, for what that jar
 * does not offer, the server's own jar, which is given the WAR.
 */
record PayaraMicro() implements Server {

  private static final String NAME = "payara-micro";

  @Override
  public ProcessBuilder install(Place place) {
    if (place.contextPath().isEmpty()) {
      return new ProcessBuilder("sh", Server.configuration(NAME, "start.sh"));
    }
    return new ProcessBuilder(
        List.of(
            "java",
            "-XX:+UseSerialGC",
            ChronoTrackProcess.WITHOUT_OPTIMIZING,
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
            place.contextPath(),
            "--deploy",
            Server.war().toString()));
  }

  @Override
  public String dataSourceName() {
    throw new UnsupportedOperationException("there is no data source here");
  }
}
