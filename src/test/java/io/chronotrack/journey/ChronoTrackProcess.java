package io.chronotrack.journey;

import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.storage.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ChronoTrack as a process of its own, in a working folder of its own: in the server that the build
 * is about, or, for the options of its command line, by the script that users and the container
 * start the executable jar with.
 */
final class ChronoTrackProcess implements AutoCloseable {

  /** Its first minute is what tests see, in which the optimizing compiler is only in the way. */
  static final String WITHOUT_OPTIMIZING = "-XX:TieredStopAtLevel=1";

  private static final Duration LONGEST_START = Duration.ofSeconds(180);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  private static final int LOWEST_PORT = 10_000;
  private static final int LOWEST_PORT_OF_CONNECTIONS = 32_768;
  private static final int MOST_TRIES = 20;

  private final Path folder;
  private final Path log;
  private final Map<String, String> environment = new TreeMap<>();

  private final List<String> jvmOptions = new ArrayList<>(List.of(WITHOUT_OPTIMIZING));

  private final int port;
  private String contextPath = "";
  private boolean dataSource;
  private @Nullable ProcessBuilder installed;
  private Process process;

  private ChronoTrackProcess(Path folder) throws IOException {
    this.folder = folder;
    this.log = folder.resolve("output.log");
    this.port = freePort();
    with("PORT", Integer.toString(port));
    with("DATABASE_FILE", databaseFile().toString());
    with("CHRONOTRACK_JAR", PreparedJar.path());
  }

  /** One that is not started yet and keeps its files in this folder. */
  static ChronoTrackProcess in(Path folder) throws IOException {
    return new ChronoTrackProcess(folder);
  }

  /** Sets a variable of its environment. */
  ChronoTrackProcess with(String key, String value) {
    environment.put(key, value);
    return this;
  }

  /** Gives one more option to its JVM, through {@code JAVA_OPTS}. */
  ChronoTrackProcess withJvmOption(String option) {
    jvmOptions.add(option);
    return this;
  }

  /** Keeps its data in a database of the tests' PostgreSQL. */
  ChronoTrackProcess onPostgres(String database) {
    DatabaseSettings settings = PostgresServer.settings(database);
    return with("STORAGE", "postgresql")
        .with("DATABASE_URL", PostgresServer.url(database))
        .with("DATABASE_USER", String.valueOf(settings.user()))
        .with("DATABASE_PASSWORD", "none")
        .without("DATABASE_FILE");
  }

  /** Keeps its data in a database of the tests' PostgreSQL that the server has a data source on. */
  ChronoTrackProcess onDataSource(String database) {
    dataSource = true;
    return with("STORAGE", "postgresql")
        .with("DATABASE_JNDI", Server.underTest().dataSourceName())
        .without("DATABASE_FILE")
        .with("PGHOST", "127.0.0.1")
        .with("PGPORT", Integer.toString(PostgresServer.port()))
        .with("PGDATABASE", database)
        .with("PGUSER", String.valueOf(PostgresServer.settings(database).user()))
        .with("PGPASSWORD", "none");
  }

  /** Is deployed below a path, such as {@code /tracker}, and not at the root of the server. */
  ChronoTrackProcess below(String path) {
    contextPath = path;
    return this;
  }

  /** Leaves a variable out of its environment. */
  ChronoTrackProcess without(String key) {
    environment.remove(key);
    return this;
  }

  /** Starts it and returns when it is ready. */
  ChronoTrackProcess start() throws Exception {
    if (installed == null) {
      installed =
          Server.underTest()
              .install(new Server.Place(folder.resolve("server"), port, contextPath, dataSource));
    }
    launch(installed);
    try {
      Eventually.until(
          "ChronoTrack is ready",
          LONGEST_START,
          () -> {
            if (!isAlive()) {
              throw new AssertionError("ChronoTrack ended during its start:\n" + output());
            }
            return isReady();
          });
    } catch (Exception | AssertionError e) {
      kill();
      e.addSuppressed(new AssertionError("what it said until then:\n" + output()));
      throw e;
    }
    return this;
  }

  /**
   * Starts the executable jar and returns its exit code when it has ended by itself.
   *
   * @param options of the command line
   */
  int runToItsEnd(String... options) throws Exception {
    launch(options);
    if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("ChronoTrack did not end by itself:\n" + output());
    }
    return process.exitValue();
  }

  /** Asks it to stop (SIGTERM) and returns its exit code. */
  int stop() throws InterruptedException {
    tellToStop();
    return awaitEnd();
  }

  /** Asks it to stop (SIGTERM) and returns at once. */
  void tellToStop() {
    process.destroy();
  }

  /** Its exit code, once it has ended. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("ChronoTrack did not stop:\n" + output());
    }
    return process.exitValue();
  }

  /** Ends it without a warning (SIGKILL). */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    end();
  }

  /** Stops it if it runs, whatever its exit code, to be started again. */
  void end() {
    if (isAlive()) {
      // Most servers are started by a script, which does not always pass a signal on.
      List<ProcessHandle> all =
          Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
      all.forEach(ProcessHandle::destroy);
      for (ProcessHandle one : all) {
        one.onExit()
            .completeOnTimeout(null, LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
            .thenRun(one::destroyForcibly)
            .join();
      }
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port + contextPath);
  }

  int port() {
    return port;
  }

  ApiClient client() {
    return new ApiClient(address());
  }

  /** Where all its files are. */
  Path folder() {
    return folder;
  }

  Path databaseFile() {
    return folder.resolve("chronotrack.db");
  }

  /** What it has printed since its last start, on both streams. */
  String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> outputLines() {
    return output().lines().toList();
  }

  /**
   * What its threads do at this moment, as {@code jcmd} prints it. Only for the executable jar:
   * other servers are not this process itself but one that it has started.
   */
  String threads() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process question =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "Thread.print")
            .redirectErrorStream(true)
            .start();
    return new String(question.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether it was launched and has not ended. */
  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Starts the executable jar and returns at once.
   *
   * @param options of the command line
   */
  void launch(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", Server.configuration("payara-micro", "start.sh")));
    command.addAll(List.of(options));
    launch(new ProcessBuilder(command));
  }

  private void launch(ProcessBuilder command) throws IOException {
    // A new one, because variables may have been left out since the last start.
    var builder =
        new ProcessBuilder(command.command())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_OPTS", String.join(" ", jvmOptions));
    builder.environment().putAll(command.environment());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  private boolean isReady() {
    try {
      return client().get("/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      // Not listening yet.
      return false;
    }
  }

  /**
   * A port that was free a moment ago: one that the system does not give to connections, of which
   * other tests open many meanwhile.
   */
  static int freePort() throws IOException {
    for (int tries = 1; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_PORT_OF_CONNECTIONS);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }
}
