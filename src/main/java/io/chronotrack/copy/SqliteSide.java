package io.chronotrack.copy;

import io.chronotrack.config.InvalidSetting;
import io.chronotrack.storage.SqliteDatabase;
import io.chronotrack.storage.SqliteInspection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens a SQLite file for a copy: no other process can have it open at the same time. */
final class SqliteSide {

  private static final String KEY = "DATABASE_FILE";

  private SqliteSide() {}

  /**
   * A file that is copied.
   *
   * @throws InvalidSetting if it is none of ours, or a service runs on it
   */
  static CopySide source(Path file) throws SQLException {
    // Looked at first, because opening it would make what is missing.
    boolean hasTables =
        SqliteInspection.read(
            file,
            connection ->
                Numbers.ask(
                        connection,
                        "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_history'")
                    == 1);
    if (!hasTables) {
      throw new InvalidSetting(
          KEY, "a database of ChronoTrack that has its tables", file.toString());
    }
    SqliteDatabase database = SqliteDatabase.open(file);
    return CopySide.of(database, () -> database.readers().open(), KEY, file.toString());
  }

  /**
   * A file that is filled, made if it is missing.
   *
   * @throws InvalidSetting if it cannot be used
   */
  static CopySide target(Path file) throws SQLException {
    SqliteDatabase database = SqliteDatabase.openForCopy(file);
    return CopySide.of(database, () -> committingWhenTold(database), KEY, file.toString());
  }

  private static Connection committingWhenTold(SqliteDatabase database) throws SQLException {
    Connection connection = database.writers().open();
    connection.setAutoCommit(false);
    return connection;
  }
}
