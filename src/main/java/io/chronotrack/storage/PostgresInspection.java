package io.chronotrack.storage;

import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.InvalidSetting;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A look at a PostgreSQL database of ours from outside of the service, which may be running on it:
 * nothing in it is changed, and nobody waits.
 */
public final class PostgresInspection {

  private PostgresInspection() {}

  /**
   * Reads the database as it is at one moment.
   *
   * @throws InvalidSetting if it cannot be read
   */
  public static <T> T read(DatabaseSettings settings, SqliteInspection.Reading<T> reading) {
    if (settings.jndi() != null) {
      throw InvalidSetting.ofSecret(
          "DATABASE_URL", "given in place of DATABASE_JNDI, which only a server can look up");
    }
    try (Connection connection = PostgresConnections.Pools.driver(settings, 0).getConnection()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return reading.from(connection);
    } catch (SQLException e) {
      throw PostgresRefusal.after(settings, e);
    }
  }
}
