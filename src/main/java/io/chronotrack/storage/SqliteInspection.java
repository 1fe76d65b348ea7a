package io.chronotrack.storage;

import io.chronotrack.config.InvalidSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/**
 * A look at a database file of ours from outside of the service, which may be running on it:
 * nothing in it is changed, and nobody waits.
 */
public final class SqliteInspection {

  /**
   * What is to be found out.
   *
   * @param <T> the finding
   */
  @FunctionalInterface
  public interface Reading<T> {
    /** Finds it out through this connection, which shows the data of one moment. */
    T from(Connection connection) throws SQLException;
  }

  private SqliteInspection() {}

  /**
   * Reads a file in one transaction.
   *
   * @throws InvalidSetting naming {@code DATABASE_FILE}, if it cannot be read or is not ours
   */
  public static <T> T read(Path file, Reading<T> reading) {
    if (!Files.isRegularFile(file)) {
      throw unusable(file, "a file that exists");
    }
    try (Connection connection = SqliteConnections.openReader(file)) {
      verifyOurs(file, connection);
      connection.setAutoCommit(false);
      return reading.from(connection);
    } catch (SQLException e) {
      throw refusal(file, e);
    }
  }

  private static void verifyOurs(Path file, Connection connection) throws SQLException {
    String id = SqliteConnections.pragma(connection, "application_id");
    if (!id.equals(Integer.toString(SqliteConnections.APPLICATION_ID))) {
      throw unusable(file, "a database of ChronoTrack");
    }
  }

  private static RuntimeException refusal(Path file, SQLException failure) {
    return SqliteFailures.primaryCode(failure)
        .flatMap(SqliteInspection::expectationBehind)
        .<RuntimeException>map(expected -> unusable(file, expected))
        .orElseGet(() -> new IllegalStateException("cannot read " + file, failure));
  }

  private static Optional<String> expectationBehind(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_NOTADB -> Optional.of("a SQLite database");
      case SQLITE_CORRUPT -> Optional.of("a SQLite database without damage");
      default ->
          SqliteFailures.isTransient(code)
              ? Optional.of("a file that can be read now (SQLite says " + code.name() + ")")
              : Optional.empty();
    };
  }

  private static InvalidSetting unusable(Path file, String expected) {
    return new InvalidSetting("DATABASE_FILE", expected, file.toString());
  }
}
