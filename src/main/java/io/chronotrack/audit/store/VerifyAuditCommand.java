package io.chronotrack.audit.store;

import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.storage.PostgresInspection;
import io.chronotrack.storage.SqliteInspection;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command that checks the audit of the configured database. The launcher calls it without a
 * server, so that neither this class nor what it uses may need a Jakarta API.
 */
public final class VerifyAuditCommand {

  private static final String EXPECT = "--expect";

  private VerifyAuditCommand() {}

  /**
   * Checks the audit and prints one line: how many entries there are and the last one's id and
   * hash, or which entry is the first that does not fit.
   *
   * @param arguments none, or {@code --expect ID:HASH} with an entry that must be there
   * @return whether the audit is intact
   * @throws InvalidSetting if the arguments or the database are nothing to work with
   */
  public static boolean run(AppConfig config, List<String> arguments, PrintStream out) {
    AuditAnchor noted = noted(arguments);
    return tell(() -> verify(config, noted), out);
  }

  /**
   * Checks the audit that a connection shows, and prints the same line.
   *
   * @return whether the audit is intact
   */
  public static boolean run(Connection connection, PrintStream out) throws SQLException {
    return tell(() -> new AuditVerification(connection, null).verify(), out);
  }

  /**
   * A way to check an audit.
   *
   * @param <E> what else may happen
   */
  private interface Check<E extends Exception> {
    AuditAnchor lastEntry() throws E;
  }

  private static <E extends Exception> boolean tell(Check<E> check, PrintStream out) throws E {
    try {
      AuditAnchor last = check.lastEntry();
      out.println("The audit is intact: " + last.id() + " entries, the last one is " + last);
      return true;
    } catch (AuditBroken e) {
      out.println("The audit is broken: " + e.getMessage());
      return false;
    }
  }

  private static AuditAnchor verify(AppConfig config, @Nullable AuditAnchor noted) {
    return switch (config.storage()) {
      case SQLITE -> {
        Path file = config.databaseFile();
        yield SqliteInspection.read(
            file,
            connection ->
                verify(
                    connection,
                    "SELECT count(*) FROM sqlite_schema"
                        + " WHERE type = 'table' AND name IN ('audit', 'audit_head')",
                    "DATABASE_FILE",
                    file.toString(),
                    noted));
      }
      case POSTGRESQL ->
          PostgresInspection.read(
              config.database(),
              connection ->
                  verify(
                      connection,
                      "SELECT count(*) FROM pg_class WHERE relkind = 'r'"
                          + " AND relnamespace = current_schema()::regnamespace"
                          + " AND relname IN ('audit', 'audit_head')",
                      config.database().locationKey(),
                      config.database().location(),
                      noted));
      case MEMORY ->
          throw new InvalidSetting(
              "STORAGE", "sqlite or postgresql: what is in memory ends with its process", "memory");
    };
  }

  private static @Nullable AuditAnchor noted(List<String> arguments) {
    if (arguments.isEmpty()) {
      return null;
    }
    String given = String.join(" ", arguments);
    if (arguments.size() != 2 || !arguments.get(0).equals(EXPECT)) {
      throw new InvalidSetting(
          "what follows --verify-audit", "nothing, or --expect ID:HASH", given);
    }
    return AuditAnchor.parse(arguments.get(1))
        .orElseThrow(
            () ->
                new InvalidSetting(
                    EXPECT,
                    "followed by ID:HASH, the id and the 64 hexadecimal digits of an entry",
                    given));
  }

  private static AuditAnchor verify(
      Connection connection,
      String countOfTables,
      String key,
      String database,
      @Nullable AuditAnchor noted)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(countOfTables)) {
      if (!tables.next() || tables.getInt(1) != 2) {
        throw new InvalidSetting(
            key,
            "a database with an audit; this one was made by an older version, or its tables were"
                + " removed",
            database);
      }
    }
    return new AuditVerification(connection, noted).verify();
  }
}
