package io.chronotrack.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection as an application server's pool may have it.
 *
 * <p>Two things differ from the driver's own. A commit that fails is rolled back at once: Payara
 * otherwise puts the connection back with its transaction open, and the next commit stores what was
 * reported as failed. And settings that pools make on every new connection do nothing, because
 * SQLite's are made when it is opened.
 */
final class PooledConnection implements InvocationHandler {

  private static final Set<String> IGNORED =
      Set.of("setReadOnly", "setTransactionIsolation", "setNetworkTimeout");

  private final Connection connection;

  private PooledConnection(Connection connection) {
    this.connection = connection;
  }

  static Connection around(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            PooledConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new PooledConnection(connection));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (IGNORED.contains(method.getName())) {
      return null;
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      Throwable failure = e.getCause() == null ? e : e.getCause();
      if (method.getName().equals("commit")) {
        rollBackAfter(failure);
      }
      throw failure;
    }
  }

  private void rollBackAfter(Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
