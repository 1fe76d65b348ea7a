package io.chronotrack.copy;

import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.storage.PostgresDatabase;
import io.chronotrack.storage.PostgresInspection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Opens a PostgreSQL database for a copy. */
final class PostgresSide {

  /** For the pools, which the copy does not use. */
  private static final Duration UNUSED = Duration.ofSeconds(5);

  /** Connections of a service that has just ended may be there for a moment. */
  private static final int LOOKS = 200;

  private static final String BETWEEN_LOOKS = "SELECT pg_sleep(0.01), pg_stat_clear_snapshot()";

  private static final String OTHER_SESSIONS =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
          + " AND application_name = 'ChronoTrack' AND pid <> pg_backend_pid()";

  /** A copy takes as long as it takes, also where the server is set to be impatient. */
  private static final String NO_TIME_LIMITS =
      "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

  private PostgresSide() {}

  /**
   * A database that is copied, as it is at this moment.
   *
   * @throws InvalidSetting if it is none of ours, or a service is connected to it
   */
  static CopySide source(DatabaseSettings settings) throws SQLException {
    settings.verify();
    // Looked at first, because opening it would make what is missing.
    boolean hasTables =
        PostgresInspection.read(
            settings,
            connection -> {
              verifyNobodyIsThere(settings, connection);
              return Numbers.ask(
                      connection,
                      "SELECT count(*) FROM pg_class WHERE relname = 'schema_history'"
                          + " AND relnamespace = current_schema()::regnamespace")
                  == 1;
            });
    if (!hasTables) {
      throw new InvalidSetting(
          settings.locationKey(),
          "a database of ChronoTrack that has its tables",
          settings.location());
    }
    PostgresDatabase database = PostgresDatabase.open(settings, UNUSED);
    return CopySide.of(
        database, () -> ofOneMoment(database), settings.locationKey(), settings.location());
  }

  /**
   * A database that is filled.
   *
   * @throws InvalidSetting if it cannot be used, or a service is connected to it
   */
  static CopySide target(DatabaseSettings settings) throws SQLException {
    settings.verify();
    PostgresInspection.read(
        settings,
        connection -> {
          verifyNobodyIsThere(settings, connection);
          return true;
        });
    PostgresDatabase database = PostgresDatabase.openForCopy(settings, UNUSED);
    return CopySide.of(
        database, () -> committingWhenTold(database), settings.locationKey(), settings.location());
  }

  /**
   * A service that has no connection at the moment is not found: connections that are not used are
   * closed after a while.
   */
  private static void verifyNobodyIsThere(DatabaseSettings settings, Connection connection)
      throws SQLException {
    int looks = 0;
    while (Numbers.ask(connection, OTHER_SESSIONS) > 0) {
      looks++;
      if (looks == LOOKS) {
        throw new InvalidSetting(
            settings.locationKey(),
            "a database that no other process of ChronoTrack is connected to",
            settings.location());
      }
      execute(connection, BETWEEN_LOOKS);
    }
  }

  private static Connection ofOneMoment(PostgresDatabase database) throws SQLException {
    Connection connection = patient(database);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    return connection;
  }

  private static Connection committingWhenTold(PostgresDatabase database) throws SQLException {
    Connection connection = patient(database);
    connection.setAutoCommit(false);
    return connection;
  }

  private static Connection patient(PostgresDatabase database) throws SQLException {
    Connection connection = database.plain().getConnection();
    execute(connection, NO_TIME_LIMITS);
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
