package io.chronotrack.storage;

import io.chronotrack.config.MicroProfileSettings;
import jakarta.enterprise.inject.Vetoed;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The source of connections that {@code web.xml} declares twice: once for the writer and once for
 * readers. The server pools what it gives and enlists the writer's connection in transactions.
 *
 * <p>A bean with a no-argument constructor and setters, because the server makes and fills it.
 */
@Vetoed // CDI must not offer it where somebody asks for a data source of the server's.
public class AppDataSource implements DataSource {

  private Role role = Role.READ;

  /** What the connections are for. */
  public enum Role {
    /** The one connection that writes. */
    WRITE,
    /** Connections that cannot write. */
    READ
  }

  /** Called by the server with the property of {@code web.xml}. */
  public void setRole(String role) {
    this.role = Role.valueOf(role);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var file = MicroProfileSettings.read().databaseFile();
    Connection connection =
        switch (role) {
          case WRITE -> SqliteConnections.openWriter(file);
          case READ -> SqliteConnections.openReader(file);
        };
    return PooledConnection.around(connection);
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // Servers set one on every data source; nothing is ever written to it.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // Opening a file does not wait.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("not a wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
