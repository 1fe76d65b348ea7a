package io.chronotrack.run.store;

import io.chronotrack.storage.Database;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes new events come behind all that are stored, wherever those come from. On PostgreSQL events
 * are numbered by transactions, which every cluster counts from its own beginning: after a copy or
 * a restored dump, stored numbers may be higher than those of the transactions to come. What must
 * be added to the latter is kept in the function {@code run_events_shift}.
 */
public final class EventNumberShift {

  private static final System.Logger LOG = System.getLogger(EventNumberShift.class.getName());

  /** The highest number that is stored, and what the next transaction's would be at least. */
  static final String STATE =
      "SELECT coalesce((SELECT max(sequence) FROM run_events WHERE sequence IS NOT NULL), 0),"
          + " pg_snapshot_xmax(pg_current_snapshot())::text::bigint + run_events_shift(),"
          + " pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  private final Database database;

  /**
   * @param database open
   */
  public EventNumberShift(Database database) {
    this.database = database;
  }

  /** Does nothing in a database whose numbers go on by themselves. */
  public void raiseIfNeeded() {
    if (!database.isShared()) {
      return;
    }
    try (Connection connection = database.maintenance().getConnection()) {
      connection.setAutoCommit(false);
      boolean isDone = false;
      try (Statement statement = connection.createStatement()) {
        if (isNeeded(statement)) {
          raise(statement);
        }
        connection.commit();
        isDone = true;
      } finally {
        if (!isDone) {
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the numbers of events cannot be verified", e);
    }
  }

  private static boolean isNeeded(Statement statement) throws SQLException {
    try (ResultSet state = state(statement)) {
      return state.getLong(1) >= state.getLong(2);
    }
  }

  private static void raise(Statement statement) throws SQLException {
    // Nobody adds events meanwhile; another process that wants the same waits, and finds it done.
    statement.execute("LOCK TABLE run_events IN SHARE ROW EXCLUSIVE MODE");
    long shift;
    try (ResultSet state = state(statement)) {
      if (state.getLong(1) < state.getLong(2)) {
        return;
      }
      // What nobody knows to be settled yet comes behind all that is stored.
      shift = state.getLong(1) + 1 - state.getLong(3);
    }
    statement.execute(
        "CREATE OR REPLACE FUNCTION run_events_shift() RETURNS bigint LANGUAGE sql STABLE"
            + " AS 'SELECT "
            + shift
            + "::bigint'");
    LOG.log(Level.INFO, "The numbers of events go on behind those of another database");
  }

  private static ResultSet state(Statement statement) throws SQLException {
    ResultSet state = statement.executeQuery(STATE);
    if (!state.next()) {
      throw new IllegalStateException("the database says nothing of its events");
    }
    return state;
  }
}
