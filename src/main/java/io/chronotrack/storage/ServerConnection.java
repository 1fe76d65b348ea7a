package io.chronotrack.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a data source of the server's, inside of a transaction of the server's: the
 * server commits it or rolls it back with all else that takes part, and Jakarta EE forbids the
 * application to do so. What Hibernate does to begin and to end its own transaction does nothing
 * here. Used by one thread.
 */
final class ServerConnection implements InvocationHandler {

  private final Connection connection;

  private ServerConnection(Connection connection) {
    this.connection = connection;
  }

  static Connection around(Connection connection) {
    return StandIn.of(Connection.class, new ServerConnection(connection));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "commit", "setAutoCommit", "setReadOnly", "setTransactionIsolation" -> {
        return null;
      }
      case "rollback" -> {
        if (method.getParameterCount() == 0) {
          return null;
        }
      }
      case "getAutoCommit" -> {
        return false;
      }
      default -> {
        // Everything else is the server's.
      }
    }
    return StandIn.pass(connection, method, arguments);
  }
}
