package io.chronotrack.copy;

import io.chronotrack.config.InvalidSetting;
import io.chronotrack.storage.Database;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One of the two databases of a copy: checked, brought up to date, and open.
 *
 * @param connection the one that all of the copy goes through; a target's commits when it is told
 *     to
 * @param key name of the setting that tells where the database is
 * @param location the value of that setting, as it may be shown
 */
record CopySide(Database database, Connection connection, String key, String location)
    implements AutoCloseable {

  /** A way to get a connection of a database that is open. */
  interface Connecting {
    Connection to() throws SQLException;
  }

  /** Makes one of a database that is open; if there is no connection to be had, it is closed. */
  static CopySide of(Database database, Connecting connecting, String key, String location)
      throws SQLException {
    try {
      return new CopySide(database, connecting.to(), key, location);
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }

  /** For a database that cannot be worked with. */
  InvalidSetting unusable(String expected) {
    return new InvalidSetting(key, expected, location);
  }

  @Override
  public void close() throws SQLException {
    try (database) {
      connection.close();
    }
  }
}
