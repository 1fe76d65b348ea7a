package io.chronotrack.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * Opens connections to the SQLite file with the settings that durability and speed rest on.
 *
 * <p>They are set through the driver's own configuration object and read back by {@link
 * #settingsOf}, because a connection URL with a wrong option is accepted in silence.
 */
final class SqliteConnections {

  /** Four characters in the file's header that tell whose database it is: "ChTk". */
  static final int APPLICATION_ID = 0x4368546B;

  /**
   * How long SQLite itself waits for a lock, in milliseconds. Writers queue in the JVM, so only
   * another program on the same file can make it wait.
   */
  private static final int BUSY_TIMEOUT_MS = 2_000;

  /**
   * What a connection that reads may keep of the file, in KiB (negative: else it is pages): a
   * quarter of what SQLite would. It keeps nothing over a commit, since others write, and there are
   * many.
   */
  private static final int READER_CACHE = -512;

  private SqliteConnections() {}

  /** A connection that writes; creates the file if it is missing. */
  static Connection openWriter(Path file) throws SQLException {
    var config = common();
    config.setJournalMode(JournalMode.WAL);
    // FULL: a commit is on disk when it returns, also when the machine loses its power.
    config.setSynchronous(SynchronousMode.FULL);
    // A transaction that reads first and writes later would fail at once if anybody else wrote
    // in between; IMMEDIATE takes the write lock at its beginning.
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return config.createConnection(url(file));
  }

  /** A connection that only reads what has been committed, and never waits for the writer. */
  static Connection openReader(Path file) throws SQLException {
    var config = common();
    config.setReadOnly(true);
    config.setCacheSize(READER_CACHE);
    return config.createConnection(url(file));
  }

  /** The settings of a connection, as SQLite itself tells them. */
  static Map<String, String> settingsOf(Connection connection) throws SQLException {
    var settings = new LinkedHashMap<String, String>();
    for (String pragma :
        new String[] {"journal_mode", "synchronous", "foreign_keys", "busy_timeout"}) {
      settings.put(pragma, pragma(connection, pragma));
    }
    return settings;
  }

  /** What {@link #settingsOf} a writer must be. */
  static Map<String, String> requiredSettings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("journal_mode", "wal");
    settings.put("synchronous", "2"); // FULL
    settings.put("foreign_keys", "1");
    settings.put("busy_timeout", Integer.toString(BUSY_TIMEOUT_MS));
    return settings;
  }

  /** The value of a pragma, as text. */
  static String pragma(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA " + name)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  /** Marks the file as a database of ChronoTrack, if it is not marked yet. */
  static void claim(Connection connection) throws SQLException {
    if (pragma(connection, "application_id").equals(Integer.toString(APPLICATION_ID))) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
    }
  }

  private static SQLiteConfig common() {
    var config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    return config;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }
}
