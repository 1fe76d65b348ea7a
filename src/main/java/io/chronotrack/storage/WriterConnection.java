package io.chronotrack.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The connection that writes to a SQLite file, as its pool needs it. Three things differ from the
 * driver's own:
 *
 * <ul>
 *   <li>A transaction begins with its first statement, not when auto-commit is switched off. If the
 *       database is locked, the application meets that failure at its statement; at the switch the
 *       pool would meet it, and throw the connection away.
 *   <li>A commit ends the transaction and begins no other. The driver begins the next one at once,
 *       and if that fails it reports a commit as failed that is on disk.
 *   <li>A commit that fails is rolled back at once, so that the next commit cannot store what was
 *       reported as failed.
 * </ul>
 *
 * <p>Settings that pools make on every new connection do nothing: SQLite's are made when it is
 * opened. Used by one thread at a time, as every connection is.
 */
final class WriterConnection implements InvocationHandler {

  private final Connection connection;
  private final Runnable afterCommit;
  private boolean autoCommit = true;
  private boolean inTransaction;

  private WriterConnection(Connection connection, Runnable afterCommit) {
    this.connection = connection;
    this.afterCommit = afterCommit;
  }

  /** A connection that writes to the file, and keeps its write-ahead log short. */
  static Connection writing(Path file, WalMover mover) throws SQLException {
    Connection connection = SqliteConnections.openWriter(file);
    try {
      var checkpoints = new WalCheckpoints(connection, mover, WalCheckpoints.LARGEST_LOG);
      return around(KeptStatements.of(connection), checkpoints::afterCommit);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * @param afterCommit is done after each transaction that was committed, and must not throw
   */
  static Connection around(Connection connection, Runnable afterCommit) {
    return StandIn.of(Connection.class, new WriterConnection(connection, afterCommit));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "setReadOnly", "setTransactionIsolation", "setNetworkTimeout" -> {
        return null;
      }
      case "getAutoCommit" -> {
        return autoCommit;
      }
      case "setAutoCommit" -> {
        commit(); // As JDBC asks of a change of this mode.
        autoCommit = arguments != null && Boolean.TRUE.equals(arguments[0]);
        return null;
      }
      case "commit" -> {
        commit();
        return null;
      }
      case "rollback" -> {
        rollBack();
        return null;
      }
      case "createStatement", "prepareStatement", "prepareCall" -> begin();
      default -> {
        // Everything else is the driver's own.
      }
    }
    return StandIn.pass(connection, method, arguments);
  }

  private void begin() throws SQLException {
    if (autoCommit || inTransaction) {
      return;
    }
    try {
      connection.setAutoCommit(false);
      inTransaction = true;
    } catch (SQLException e) {
      leaveTransactionMode(e);
      throw e;
    }
  }

  private void commit() throws SQLException {
    if (!inTransaction) {
      return;
    }
    inTransaction = false;
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      try (var statement = connection.createStatement()) {
        statement.execute("ROLLBACK");
      } catch (SQLException alreadyRolledBack) {
        // After a full disk, for one, SQLite has rolled back by itself.
        e.addSuppressed(alreadyRolledBack);
      }
      throw e;
    }
    afterCommit.run();
  }

  private void rollBack() throws SQLException {
    if (!inTransaction) {
      return;
    }
    inTransaction = false;
    try {
      connection.rollback();
    } catch (SQLException e) {
      leaveTransactionMode(e);
      throw e;
    }
    connection.setAutoCommit(true);
  }

  /** The driver remembers the mode even if its statement failed, so it has to be set back. */
  private void leaveTransactionMode(SQLException failure) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
