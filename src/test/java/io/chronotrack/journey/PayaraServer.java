package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Payara Server, with a domain of its own for each instance.
 *
 * @param home where it was unpacked
 */
record PayaraServer(Path home) implements Server {

  private static final String NAME = "payara-server";
  private static final String DOMAIN = "chronotrack";

  /** The ports that a domain has besides those for administration and for requests. */
  private static final List<String> PORTS =
      List.of(
          "http.ssl.port",
          "jms.port",
          "domain.jmxPort",
          "orb.listener.port",
          "orb.ssl.port",
          "orb.mutualauth.port",
          "java.debugger.port",
          "osgi.shell.telnet.port");

  @Override
  public ProcessBuilder install(Place place) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(place.folder());
    createDomain(folder, place.port());
    List<String> before = lines("pre-boot-commands.txt");
    if (place.dataSource()) {
      before.addAll(lines("data-source-commands.txt"));
      Files.copy(
          Server.postgresDriver(), folder.resolve(DOMAIN).resolve("lib").resolve("postgresql.jar"));
    }
    List<String> after = lines("post-boot-commands.txt");
    after.add(
        "deploy --name chronotrack --contextroot "
            + (place.contextPath().isEmpty() ? "/" : place.contextPath())
            + " "
            + Server.war());
    ProcessBuilder start =
        asadmin(
            "start-domain",
            "--verbose",
            "--domaindir",
            folder.toString(),
            "--prebootcommandfile",
            Files.write(folder.resolve("before.txt"), before).toString(),
            "--postbootcommandfile",
            Files.write(folder.resolve("after.txt"), after).toString(),
            DOMAIN);
    start.environment().put("BIND", "127.0.0.1");
    return start;
  }

  @Override
  public String dataSourceName() {
    return "jdbc/chronotrack";
  }

  private void createDomain(Path folder, int port) throws IOException, InterruptedException {
    List<String> properties = new ArrayList<>();
    for (String name : PORTS) {
      properties.add(name + "=" + ChronoTrackProcess.freePort());
    }
    Path log = folder.resolve("create-domain.log");
    int exitCode =
        asadmin(
                "create-domain",
                "--nopassword",
                "--domaindir",
                folder.toString(),
                "--adminport",
                Integer.toString(ChronoTrackProcess.freePort()),
                "--instanceport",
                Integer.toString(port),
                "--domainproperties",
                properties.stream().collect(Collectors.joining(":")),
                DOMAIN)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(exitCode).as(Files.readString(log)).isZero();
  }

  private ProcessBuilder asadmin(String... arguments) {
    Path script = home.resolve("bin").resolve("asadmin");
    return new ProcessBuilder(
        Stream.concat(Stream.of("sh", script.toString()), Stream.of(arguments)).toList());
  }

  private static List<String> lines(String file) throws IOException {
    return new ArrayList<>(Files.readAllLines(Path.of(Server.configuration(NAME, file))));
  }
}
