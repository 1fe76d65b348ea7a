package io.chronotrack.storage;

import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.InvalidSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database, or the schema of it that comes first on the search path of its user:
 * checked, migrated, and open to as many processes as like to share it.
 *
 * <p>Whatever cannot be used as our database is refused with an {@link InvalidSetting} that names
 * the setting to be mended, before anything in the database is changed.
 */
public final class PostgresDatabase implements Database {

  private static final String MIGRATIONS = "classpath:db/migration/postgresql";
  private static final int OLDEST_VERSION = 14;
  private static final String HISTORY = "schema_history";

  private final PostgresConnections connections;
  private final String description;

  private PostgresDatabase(PostgresConnections connections, String description) {
    this.connections = connections;
    this.description = description;
  }

  /**
   * Checks the database and brings its tables up to date; if several processes do so at once, they
   * take turns.
   *
   * @param settings where it is
   * @param longestWait how long a write waits for a connection
   * @throws InvalidSetting if the database cannot be used
   */
  public static PostgresDatabase open(DatabaseSettings settings, Duration longestWait) {
    return open(settings, PostgresConnections.of(settings, longestWait));
  }

  /** The same for a copy, which alone may use a database that it has begun to fill. */
  public static PostgresDatabase openForCopy(DatabaseSettings settings, Duration longestWait) {
    return open(settings, PostgresConnections.of(settings, longestWait), true);
  }

  static PostgresDatabase open(DatabaseSettings settings, PostgresConnections connections) {
    return open(settings, connections, false);
  }

  private static PostgresDatabase open(
      DatabaseSettings settings, PostgresConnections connections, boolean mayBeUnfinished) {
    try {
      return new PostgresDatabase(
          connections, prepare(settings, connections.plain(), mayBeUnfinished));
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  @Override
  public Connections writers() {
    return connections.writers();
  }

  @Override
  public Connections readers() {
    return connections.readers();
  }

  /** Connections outside of all transactions, which wait for answers as long as it takes. */
  public DataSource plain() {
    return connections.plain();
  }

  @Override
  public DataSource maintenance() {
    return connections.plain();
  }

  @Override
  public String dialect() {
    return "org.hibernate.dialect.PostgreSQLDialect";
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    connections.close();
  }

  private static String prepare(
      DatabaseSettings settings, DataSource plain, boolean mayBeUnfinished) {
    try {
      String description;
      try (Connection connection = plain.getConnection()) {
        verifyServer(settings, connection);
        verifyOurs(settings, connection);
        if (!mayBeUnfinished && UnfinishedCopy.isIn(connection)) {
          throw PostgresRefusal.unusable(settings, UnfinishedCopy.REFUSAL);
        }
        description = describe(settings, connection);
      }
      migrate(settings, plain);
      try (Connection connection = plain.getConnection()) {
        verifyRights(settings, connection);
      }
      return description;
    } catch (SQLException | FlywayException e) {
      throw PostgresRefusal.after(settings, e);
    }
  }

  private static void verifyServer(DatabaseSettings settings, Connection connection)
      throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    if (!product.equals("PostgreSQL")) {
      throw PostgresRefusal.unusable(settings, "a database of PostgreSQL, not of " + product);
    }
    int version = Integer.parseInt(ask(connection, "SHOW server_version_num"));
    if (version < OLDEST_VERSION * 10_000) {
      throw PostgresRefusal.unusable(
          settings,
          "a database of PostgreSQL "
              + OLDEST_VERSION
              + " or later, not of "
              + ask(connection, "SHOW server_version"));
    }
    String encoding = ask(connection, "SHOW server_encoding");
    if (!encoding.equals("UTF8")) {
      throw PostgresRefusal.unusable(
          settings, "a database with the encoding UTF8, not " + encoding);
    }
    if (ask(connection, "SELECT pg_is_in_recovery()").equals("t")) {
      throw PostgresRefusal.unusable(settings, "a database that can be written, not a standby");
    }
  }

  /** Whether the schema is empty, or has the history of our migrations. */
  private static void verifyOurs(DatabaseSettings settings, Connection connection)
      throws SQLException {
    if (ask(connection, "SELECT current_schema()").isEmpty()) {
      throw PostgresRefusal.unusable(settings, "a database with a schema that its user may use");
    }
    String relations =
        "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            + " AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')";
    boolean isEmpty = ask(connection, relations).equals("0");
    String history = relations + " AND relname = '" + HISTORY + "'";
    if (!isEmpty && ask(connection, history).equals("0")) {
      throw PostgresRefusal.foreign(settings);
    }
    if (isEmpty) {
      if (ask(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')").equals("f")) {
        throw PostgresRefusal.noRights(settings);
      }
    } else if (!ask(
            connection,
            "SELECT count(*) FROM pg_attribute WHERE attname IN ('installed_rank', 'script')"
                + " AND attrelid = (quote_ident(current_schema()) || '."
                + HISTORY
                + "')::regclass")
        .equals("2")) {
      throw PostgresRefusal.foreign(settings);
    }
  }

  private static void migrate(DatabaseSettings settings, DataSource plain) {
    FluentConfiguration configuration =
        Flyway.configure(PostgresDatabase.class.getClassLoader())
            .dataSource(plain)
            .locations(MIGRATIONS)
            // None: Flyway's own place for them is looked for, and missed, on some servers.
            .callbackLocations(MIGRATIONS)
            .table(HISTORY)
            // A version that this release does not know must be an error, not be skipped.
            .ignoreMigrationPatterns(new String[0]);
    Flyway flyway = configuration.load();
    for (MigrationInfo migration : flyway.info().all()) {
      if (isFromTheFuture(migration.getState())) {
        throw PostgresRefusal.unusable(
            settings,
            "a database that this version of ChronoTrack knows; this one was made by a newer"
                + " version (schema "
                + migration.getVersion()
                + ")");
      }
    }
    flyway.migrate();
  }

  private static boolean isFromTheFuture(@Nullable MigrationState state) {
    return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
  }

  private static void verifyRights(DatabaseSettings settings, Connection connection)
      throws SQLException {
    String missing =
        "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            + " AND (relkind = 'r' AND NOT (has_table_privilege(oid, 'SELECT')"
            + " AND has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE')"
            + " AND has_table_privilege(oid, 'DELETE'))"
            + " OR relkind = 'S' AND NOT has_sequence_privilege(oid, 'USAGE'))";
    if (!ask(connection, missing).equals("0")) {
      throw PostgresRefusal.noRights(settings);
    }
  }

  /** As many words as help in a log, and no parameter of the URL. */
  private static String describe(DatabaseSettings settings, Connection connection)
      throws SQLException {
    return settings.location()
        + ": PostgreSQL "
        + ask(connection, "SHOW server_version")
        + ", schema "
        + ask(connection, "SELECT current_schema()")
        + ", "
        + settings.poolSize()
        + " writers";
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      String found = result.next() ? result.getString(1) : null;
      return found == null ? "" : found;
    }
  }
}
