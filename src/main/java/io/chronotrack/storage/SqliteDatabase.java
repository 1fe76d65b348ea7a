package io.chronotrack.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.chronotrack.config.InvalidSetting;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * The SQLite file between start and shutdown: owned by this process alone, checked, migrated, and
 * checkpointed at the end.
 *
 * <p>Whatever cannot be used as our database is refused with an {@link InvalidSetting} that names
 * {@code DATABASE_FILE}, before anything in the file is changed.
 */
public final class SqliteDatabase implements Database {

  private static final String MIGRATIONS = "classpath:db/migration/sqlite";
  private static final System.Logger LOG = System.getLogger(SqliteDatabase.class.getName());
  private static final String KEY = "DATABASE_FILE";

  /** SQLite has one writer. */
  private static final int WRITERS = 1;

  /**
   * More than there are processors, because whoever reads may lose its processor to another thread
   * and keeps the connection meanwhile: of 64 threads that do nothing but read, a dozen are there.
   */
  private static final int READERS = 16;

  private final Path file;
  private final FileOwnership ownership;
  private final Map<String, String> settings;
  private final WalMover mover;
  private final HikariDataSource writerPool;
  private final HikariDataSource readerPool;
  private final Connections writers;
  private final Connections readers;

  private SqliteDatabase(Path file, FileOwnership ownership, Map<String, String> settings) {
    this.file = file;
    this.ownership = ownership;
    this.settings = settings;
    this.mover = WalMover.beside(file);
    this.writerPool =
        ConnectionPool.of(
            "writer",
            new ConnectionSource(() -> WriterConnection.writing(file, mover)),
            WRITERS,
            false);
    this.readerPool =
        ConnectionPool.of(
            "reader",
            new ConnectionSource(() -> KeptStatements.of(SqliteConnections.openReader(file))),
            READERS,
            true);
    // Those who write share one transaction, or wait for the one before.
    this.writers = Connections.toAll(writerPool);
    this.readers =
        new Connections(readerPool, Turnstile.withOvertaking(READERS, ConnectionPool.LONGEST_WAIT));
  }

  /**
   * Takes possession of the file, creating it and its folder if missing, and brings its tables up
   * to date.
   *
   * @throws InvalidSetting if the file cannot be used
   */
  public static SqliteDatabase open(Path file) {
    return open(file, false);
  }

  /** The same for a copy, which alone may use a file that it has begun to fill. */
  public static SqliteDatabase openForCopy(Path file) {
    return open(file, true);
  }

  private static SqliteDatabase open(Path file, boolean mayBeUnfinished) {
    verifyPath(file);
    FileOwnership ownership = FileOwnership.take(file);
    try {
      return new SqliteDatabase(file, ownership, prepare(file, mayBeUnfinished));
    } catch (RuntimeException e) {
      ownership.close();
      throw e;
    }
  }

  /** The settings that SQLite runs with, by the names of its pragmas. */
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public Connections writers() {
    return writers;
  }

  @Override
  public Connections readers() {
    return readers;
  }

  @Override
  public DataSource maintenance() {
    return writerPool;
  }

  @Override
  public String dialect() {
    return "org.hibernate.community.dialect.SQLiteDialect";
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public String description() {
    return file + ": " + settings;
  }

  /** Moves everything from the write-ahead log into the file, and gives the file up. */
  @Override
  public void close() {
    readerPool.close();
    writerPool.close();
    mover.close();
    try (var connection = SqliteConnections.openWriter(file)) {
      SqliteConnections.pragma(connection, "wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      // Nothing is lost: the log stays beside the file and is read at the next start.
      LOG.log(Level.WARNING, "The write-ahead log could not be moved into " + file, e);
    } finally {
      ownership.close();
    }
  }

  private static void verifyPath(Path file) {
    if (Files.isDirectory(file)) {
      throw unusable(file, "a file, not a folder");
    }
    Path folder = file.getParent();
    if (folder == null) {
      throw unusable(file, "the path of a file in a folder");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(file, "a file in a folder that exists or can be created");
    }
    if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(folder)) {
      throw unusable(file, "a file that can be written");
    }
  }

  private static Map<String, String> prepare(Path file, boolean mayBeUnfinished) {
    try {
      verifyOurs(file, mayBeUnfinished);
    } catch (SQLException e) {
      throw refusal(file, e);
    }
    try (Connection connection = SqliteConnections.openWriter(file)) {
      SqliteConnections.claim(connection);
      verifySettings(connection);
      migrate(file);
      return SqliteConnections.settingsOf(connection);
    } catch (SQLException | FlywayException e) {
      throw refusal(file, e);
    }
  }

  /** Looks at a file that exists, through a connection that cannot change it. */
  private static void verifyOurs(Path file, boolean mayBeUnfinished) throws SQLException {
    if (!Files.exists(file)) {
      return;
    }
    try (Connection connection = SqliteConnections.openReader(file);
        var statement = connection.createStatement();
        var tables = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      boolean empty = tables.next() && tables.getInt(1) == 0;
      int id = Integer.parseInt(SqliteConnections.pragma(connection, "application_id"));
      if (id != SqliteConnections.APPLICATION_ID && !(id == 0 && empty)) {
        throw unusable(file, "a database of ChronoTrack or a new file, not another program's");
      }
      if (!mayBeUnfinished && UnfinishedCopy.isIn(connection)) {
        throw unusable(file, UnfinishedCopy.REFUSAL);
      }
    }
  }

  private static void verifySettings(Connection connection) throws SQLException {
    Map<String, String> actual = SqliteConnections.settingsOf(connection);
    Map<String, String> required = SqliteConnections.requiredSettings();
    if (!actual.equals(required)) {
      // Some network file systems cannot do WAL, and SQLite then goes on without it in silence.
      throw new InvalidSetting(
          KEY, "on a file system where SQLite can run with " + required, actual.toString());
    }
  }

  private static void migrate(Path file) {
    FluentConfiguration configuration =
        Flyway.configure(SqliteDatabase.class.getClassLoader())
            .dataSource(migrationSource(file))
            .locations(MIGRATIONS)
            // None: Flyway's own place for them is looked for, and missed, on some servers.
            .callbackLocations(MIGRATIONS)
            .table("schema_history")
            // A version that this release does not know must be an error, not be skipped.
            .ignoreMigrationPatterns(new String[0]);
    Flyway flyway = configuration.load();
    for (MigrationInfo migration : flyway.info().all()) {
      if (isFromTheFuture(migration.getState())) {
        throw unusable(
            file,
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

  private static SQLiteDataSource migrationSource(Path file) {
    return new SQLiteDataSource() {
      @Override
      public org.sqlite.SQLiteConnection getConnection() throws SQLException {
        return (org.sqlite.SQLiteConnection) SqliteConnections.openWriter(file);
      }
    };
  }

  private static RuntimeException refusal(Path file, Exception failure) {
    return SqliteFailures.primaryCode(failure)
        .flatMap(SqliteDatabase::expectationBehind)
        .<RuntimeException>map(expected -> unusable(file, expected))
        .orElseGet(() -> new IllegalStateException("cannot open " + file, failure));
  }

  private static Optional<String> expectationBehind(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_NOTADB -> Optional.of("a SQLite database");
      case SQLITE_CORRUPT -> Optional.of("a SQLite database without damage");
      default ->
          SqliteFailures.isTransient(code)
              ? Optional.of("a file that can be written now (SQLite says " + code.name() + ")")
              : Optional.empty();
    };
  }

  private static InvalidSetting unusable(Path file, String expected) {
    return new InvalidSetting(KEY, expected, file.toString());
  }
}
