package io.chronotrack.launcher;

import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payara Micro with the application from this jar. */
final class Server {

  private static final String APPLICATION = "/MICRO-INF/deploy/ROOT.war";

  private @Nullable PayaraMicroBoot boot;

  /**
   * Boots the server and deploys the application, which may have failed when this returns normally:
   * the server hides some failures.
   *
   * @param root an empty folder, into which the server unpacks itself
   */
  void start(Path root, ListenAddress address) throws Exception {
    // Read by pre-boot-commands.txt.
    System.setProperty("chronotrack.bind", address.bind());
    System.setProperty("chronotrack.port", Integer.toString(address.port()));
    // The server's own applications, such as /openapi, would describe themselves in WADL.
    System.setProperty("jersey.config.allowSystemPropertiesProvider", "true");
    System.setProperty("jersey.config.server.wadl.disableWadl", "true");
    String[] options = {
      "--rootdir",
      root.toString(),
      // Alone: with --nocluster instead, the data grid would start after all, listen on all
      // interfaces, and cost seconds and memory.
      "--nohazelcast",
      "--disablephonehome"
    };
    Optional<PayaraMicroBoot> unpacked = UnpackedServer.boot(options);
    boot = unpacked.isPresent() ? unpacked.get() : PayaraMicroLauncher.create(options);
  }

  /** Deploys the application once more, into a server that has failed to. */
  void deployAgain() throws IOException {
    try (InputStream application = application()) {
      Objects.requireNonNull(boot).getRuntime().deploy("ROOT", "/", application);
    }
  }

  /** The application, as the WAR in this jar. */
  static InputStream application() throws IOException {
    InputStream war = Server.class.getResourceAsStream(APPLICATION);
    if (war == null) {
      throw new IOException("The jar lacks " + APPLICATION);
    }
    return war;
  }

  /** Ends the application and the server, as far as they have been started. */
  void stop() throws Exception {
    if (boot == null) {
      return;
    }
    PayaraMicroRuntime runtime = boot.getRuntime();
    for (String application : runtime.getDeployedApplicationNames()) {
      runtime.undeploy(application);
    }
    runtime.shutdown();
  }
}
