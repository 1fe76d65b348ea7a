package io.chronotrack.launcher;

import io.chronotrack.config.InvalidSetting;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The entry point of {@code chronotrack.jar}: turns every outcome into output and exit status. */
public final class Main {

  /** How long other shutdown hooks, such as those of a profiling agent, may take. */
  private static final Duration SHUTDOWN_HOOKS = Duration.ofMillis(500);

  private Main() {}

  /**
   * Does what the arguments say and ends the process.
   *
   * @param args see {@link Command}
   */
  public static void main(String[] args) {
    // Taken before the server starts: from then on both streams end in the log.
    PrintStream err = System.err;
    exit(run(args, System.out, err));
  }

  private static ExitStatus run(String[] args, PrintStream out, PrintStream err) {
    try {
      switch (Command.of(args)) {
        case HELP -> out.print(Command.usage());
        case VERSION -> out.println("ChronoTrack " + version());
        case SERVE -> Service.serve(Main::setting, version());
        case CHECK -> Service.check(Main::setting, version());
        case UNPACK -> out.println(UnpackedServer.write(jar()));
        case NEW_KEY -> {
          return tool("io.chronotrack.key.NewKeyCommand", args, out);
        }
        case REBUILD_STATISTICS -> {
          return tool("io.chronotrack.stats.store.RebuildStatisticsCommand", args, out);
        }
        case VERIFY_AUDIT -> {
          return tool("io.chronotrack.audit.store.VerifyAuditCommand", args, out);
        }
        case COPY_TO_POSTGRESQL -> {
          return tool("io.chronotrack.copy.CopyToPostgresqlCommand", args, out);
        }
        case COPY_TO_SQLITE -> {
          return tool("io.chronotrack.copy.CopyToSqliteCommand", args, out);
        }
      }
      return ExitStatus.OK;
    } catch (InvalidSetting e) {
      return refuse(ExitStatus.REFUSED, e, err);
    } catch (CannotStart e) {
      return refuse(e.status(), e, err);
    } catch (Throwable e) {
      // Of whatever kind it is: a live thread of the server must not keep alive a process that
      // gives no service.
      e.printStackTrace(err);
      return ExitStatus.FAILED;
    }
  }

  private static ExitStatus tool(String className, String[] args, PrintStream out)
      throws Throwable {
    List<String> arguments = List.of(args).subList(1, args.length);
    return new OfflineTool(className).run(Main::setting, arguments, out)
        ? ExitStatus.OK
        : ExitStatus.FAILED;
  }

  private static ExitStatus refuse(ExitStatus status, RuntimeException reason, PrintStream err) {
    err.println("ChronoTrack cannot start: " + reason.getMessage());
    return status;
  }

  /** Ends the process although the server may have left threads behind. */
  private static void exit(ExitStatus status) {
    // The server has a shutdown hook that finds nothing to do any more, and says so on this stream.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    ExitDeadline.in(SHUTDOWN_HOOKS, status, () -> {});
    System.exit(status.code());
  }

  /** The precedence of MicroProfile Config, so that launcher and application read the same. */
  private static Optional<String> setting(String key) {
    return Optional.ofNullable(System.getProperty(key))
        .or(() -> new Environment(System.getenv()).find(key));
  }

  private static Path jar() throws URISyntaxException {
    return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("(unpackaged)");
  }
}
