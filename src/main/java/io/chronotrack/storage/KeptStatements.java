package io.chronotrack.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps the statements it has prepared, and gives them out again: preparing one
 * costs SQLite more than running it, and neither its driver nor the pool remembers any.
 * PostgreSQL's driver does by itself.
 *
 * <p>A statement is one user's at a time: it is taken out when it is asked for and put back when it
 * is closed. One that has failed, or whose settings were changed, is not used again. Used by one
 * thread at a time, as every connection is.
 */
final class KeptStatements implements InvocationHandler {

  /** More than the API has requests; each takes some kilobytes. */
  static final int MOST = 50;

  private static final Object[] ORDINARY = {
    ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY
  };

  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new LinkedHashMap<>(MOST, 0.75f, true);

  private KeptStatements(Connection connection) {
    this.connection = connection;
  }

  /** A connection that keeps its statements. */
  static Connection of(Connection connection) {
    return StandIn.of(Connection.class, new KeptStatements(connection));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("prepareStatement")
        && arguments != null
        && isOrdinary(arguments)
        && arguments[0] instanceof String sql) {
      PreparedStatement known = kept.remove(sql);
      var statement = known == null ? connection.prepareStatement(sql) : known;
      return StandIn.of(PreparedStatement.class, new Lent(sql, statement));
    }
    // Closing the connection closes the statements.
    return StandIn.pass(connection, method, arguments);
  }

  /** Whether a statement is asked for whose rows are read once and not changed, as most are. */
  private static boolean isOrdinary(@Nullable Object[] arguments) {
    return arguments.length == 1
        || Arrays.equals(arguments, 1, arguments.length, ORDINARY, 0, ORDINARY.length);
  }

  private void keep(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement other = kept.put(sql, statement);
    if (other != null) {
      // Two were in use at a time.
      other.close();
    }
    if (kept.size() > MOST) {
      var oldest = kept.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
  }

  /** A statement while somebody uses it. */
  private final class Lent implements InvocationHandler {

    private final String sql;
    private final PreparedStatement statement;
    private boolean isClosed;
    private boolean isAsItWas = true;
    private @Nullable ResultSet results;

    Lent(String sql, PreparedStatement statement) {
      this.sql = sql;
      this.statement = statement;
    }

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          close();
          return null;
        }
        case "isClosed" -> {
          return isClosed;
        }
        default -> {
          return use(method, arguments);
        }
      }
    }

    private @Nullable Object use(Method method, @Nullable Object @Nullable [] arguments)
        throws Throwable {
      if (isClosed && method.getDeclaringClass() != Object.class) {
        throw new SQLException("The statement is closed.");
      }
      if (isSetting(method)) {
        isAsItWas = false;
      }
      try {
        Object result = StandIn.pass(statement, method, arguments);
        if (result instanceof ResultSet rows) {
          results = rows;
        }
        return result;
      } catch (SQLException e) {
        isAsItWas = false;
        throw e;
      }
    }

    /** Parameters have a number; what is set without one stays set. */
    private static boolean isSetting(Method method) {
      return method.getName().startsWith("set") && method.getParameterCount() == 1;
    }

    private void close() throws SQLException {
      if (isClosed) {
        return;
      }
      isClosed = true;
      if (!isAsItWas) {
        statement.close();
        return;
      }
      if (results != null) {
        results.close();
      }
      statement.clearParameters();
      statement.clearBatch();
      keep(sql, statement);
    }
  }
}
