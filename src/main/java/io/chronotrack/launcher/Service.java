package io.chronotrack.launcher;

import io.chronotrack.config.AppConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;

/** One life of the service in this process: it starts, it is there, it stops. */
final class Service {

  private static final Logger LOG = Logger.getLogger(Service.class.getName());

  /**
   * How long requests in flight may take to finish once the process has been told to stop. The
   * server waits another two seconds for those that have not, before it ends the application.
   */
  private static final Duration DRAIN = Duration.ofMillis(6_500);

  /** When the process ends at the latest, counted from the moment when it was told to stop. */
  private static final Duration STOP = Duration.ofMillis(9_400);

  /** How long the service stays up. */
  private interface Stay {
    void until(StopSignal signal) throws InterruptedException;
  }

  private final ListenAddress address;
  private final String version;
  private final TemporaryFolder folder =
      new TemporaryFolder(Path.of(System.getProperty("java.io.tmpdir")));
  private final Server server = new Server();
  private final Requests requests;

  private Service(ListenAddress address, String version) throws JMException {
    this.address = address;
    this.version = version;
    this.requests = new Requests();
  }

  /** Starts the service as configured and returns when it was told to stop and has stopped. */
  static void serve(Function<String, Optional<String>> settings, String version) throws Exception {
    AppConfig config = AppConfig.from(settings);
    var address = new ListenAddress(config.bind(), config.port());
    address.requireFree();
    ConsoleLog.install(config.logLevel());
    new Service(address, version).run(StopSignal::await);
  }

  /**
   * Starts the service on a free local port, makes sure that it answers, and stops it: a test
   * whether it would run with these settings, and a training run for a class data archive.
   */
  static void check(Function<String, Optional<String>> settings, String version) throws Exception {
    AppConfig config = AppConfig.from(settings);
    ListenAddress address = ListenAddress.onFreeLocalPort();
    // The application reads its settings anew, and system properties go before the environment.
    System.setProperty("BIND", address.bind());
    System.setProperty("PORT", Integer.toString(address.port()));
    ConsoleLog.install(config.logLevel());
    new Service(address, version).run(signal -> {});
  }

  private void run(Stay stay) throws Exception {
    StopSignal signal = StopSignal.install(this::abandonStart);
    try {
      signal.during(this::start);
      requireAlive();
    } catch (Exception e) {
      CannotStart reason = explain(e);
      stop(reason.status());
      throw reason;
    }
    StartCompilation.end();
    ConsoleLog.output().open();
    LOG.info("ChronoTrack " + version + " is ready: " + address.url());
    stay.until(signal);
    LOG.info("Stopping: requests in flight are finished, new ones are refused");
    stop(ExitStatus.OK);
    LOG.info("Stopped");
  }

  private void start() throws Exception {
    Path root = folder.create();
    StartCompilation.lighten(root.resolveSibling("compiler-directives.json"));
    server.start(root, address);
    if (!requests.areTaken() && ConsoleLog.output().refusal().isEmpty()) {
      // Payara 6.2025.10 holds the class loader of a deployment by a weak reference alone, for some
      // milliseconds: the garbage collector may take it away.
      LOG.warning("The server did not deploy the application, which is tried once more");
      server.deployAgain();
    }
  }

  /** The server goes on without an application whose deployment failed, so it is asked for. */
  private void requireAlive() throws IOException {
    if (!requests.areTaken()) {
      throw new CannotStart(ExitStatus.FAILED, "the application was not deployed, see above");
    }
    int answer = Liveness.ask(address.localUrl());
    if (answer != HttpURLConnection.HTTP_OK) {
      throw new CannotStart(
          ExitStatus.FAILED, "asked whether it is alive, the application answered " + answer);
    }
  }

  /** Shows what an operator needs in order to understand a failed start, and nothing more. */
  private static CannotStart explain(Exception failure) {
    LogOutput output = ConsoleLog.output();
    try {
      Optional<String> refusal = output.refusal();
      if (refusal.isPresent()) {
        return new CannotStart(ExitStatus.REFUSED, refusal.get());
      }
      if (failure instanceof CannotStart reason && reason.status() == ExitStatus.REFUSED) {
        return reason;
      }
      output.open();
      if (failure instanceof CannotStart reason) {
        return reason;
      }
      LOG.log(Level.SEVERE, "The server failed to start", failure);
      return new CannotStart(ExitStatus.FAILED, "the server failed, see above");
    } finally {
      output.close();
    }
  }

  private void stop(ExitStatus status) throws Exception {
    ExitDeadline.in(STOP, status, this::tellDeadline);
    try {
      if (!requests.drain(DRAIN)) {
        LOG.warning("Requests that still run are cut now");
      }
      server.stop();
    } finally {
      folder.delete();
    }
  }

  private void abandonStart() {
    LogOutput output = ConsoleLog.output();
    output.open();
    LOG.info("Stopped before the service was ready");
    output.close();
    folder.delete();
    // Not exit(): the server cannot be stopped while it starts. Nothing is lost: the database is
    // safe against the end of the process at any moment, and connections are refused until later.
    Runtime.getRuntime().halt(ExitStatus.OK.code());
  }

  private void tellDeadline() {
    LOG.warning("The server does not stop in time: the process ends without it");
    folder.delete();
  }
}
