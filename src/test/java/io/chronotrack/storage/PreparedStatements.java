package io.chronotrack.storage;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The statements that are prepared on a database's connections, whoever prepares them. */
final class PreparedStatements {

  private final List<String> texts = new CopyOnWriteArrayList<>();

  /** In the order in which they were prepared. */
  List<String> texts() {
    return texts;
  }

  /** The database, with an eye on its connections. */
  Database of(Database database) {
    return new Watched(database, watched(database.writers()), watched(database.readers()));
  }

  private Connections watched(Connections connections) {
    return new Connections(
        watched(DataSource.class, connections.source()), connections.turnstile());
  }

  private <T> T watched(Class<T> type, Object target) {
    return StandIn.of(type, (proxy, method, arguments) -> call(target, method, arguments));
  }

  private @Nullable Object call(Object target, Method method, @Nullable Object[] arguments)
      throws Throwable {
    if (method.getName().equals("prepareStatement") && arguments[0] instanceof String text) {
      texts.add(text);
    }
    Object result = StandIn.pass(target, method, arguments);
    return result instanceof Connection ? watched(Connection.class, result) : result;
  }

  private record Watched(Database database, Connections writers, Connections readers)
      implements Database {

    @Override
    public DataSource maintenance() {
      return database.maintenance();
    }

    @Override
    public String dialect() {
      return database.dialect();
    }

    @Override
    public boolean isShared() {
      return database.isShared();
    }

    @Override
    public String description() {
      return database.description();
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
