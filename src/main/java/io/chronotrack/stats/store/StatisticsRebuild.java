package io.chronotrack.stats.store;

import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.RunOutcome;
import io.chronotrack.storage.Database;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts all runs of a database anew, in one transaction: until it is done everybody reads what was
 * there before, and if it is cut off nothing has happened. Runs are read and rows are written in
 * parts, so that it needs little memory however many there are.
 *
 * <p>Made for one database; needs no Jakarta API.
 */
public final class StatisticsRebuild {

  private static final System.Logger LOG = System.getLogger(StatisticsRebuild.class.getName());

  private static final String NEXT_RUNS =
      "SELECT id, project_id, job_id, status, started_at, finished_at, queue_ms FROM job_runs"
          + " WHERE id > ? ORDER BY id LIMIT ?";

  private static final int RUNS_AT_ONCE = 10_000;

  /** Rows of statistics that are kept in memory before they are written. */
  private static final int ROWS_AT_ONCE = 5_000;

  private static final long TELL_EVERY = 1_000_000;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Database database;
  private final StatisticsTable table;

  private interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * @param database open
   */
  public StatisticsRebuild(Database database) {
    this.database = database;
    this.table = new StatisticsTable(database.isShared());
  }

  /**
   * Counts the runs of a database that is older than statistics; does nothing in any other. Of
   * several processes that want to, one does, and the others wait for it.
   */
  public void runIfMissing() {
    while (!isComplete() && !inTransaction(this::runUnlessTaken)) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /**
   * Counts all runs. Where several processes write, those who end runs meanwhile wait for the end
   * of it, or are refused; what they end is counted in any case.
   *
   * @return how many runs were counted
   */
  public long run() {
    return inTransaction(this::count);
  }

  private boolean isComplete() {
    return inTransaction(connection -> Boolean.TRUE.equals(state(connection, "")));
  }

  /** Whether it is done now; false, if another process is at it. */
  private boolean runUnlessTaken(Connection connection) throws SQLException {
    Boolean isComplete = state(connection, database.isShared() ? " FOR UPDATE SKIP LOCKED" : "");
    if (isComplete == null) {
      return false;
    }
    if (!isComplete) {
      LOG.log(Level.INFO, "The runs of this database are counted for the first time");
      long runs = count(connection);
      LOG.log(Level.INFO, "Statistics were made of {0} runs", Long.toString(runs));
    }
    return true;
  }

  private static @Nullable Boolean state(Connection connection, String lock) throws SQLException {
    String sql = "SELECT is_complete FROM statistics_state WHERE id = 1" + lock;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getBoolean(1) : null;
    }
  }

  private long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (database.isShared()) {
        // Whoever has stored a run's end has added it here before we go on, or waits until we have
        // committed: then we have not seen that end, and it is added to what we write.
        statement.execute("LOCK TABLE run_statistics IN EXCLUSIVE MODE");
      }
      statement.execute("DELETE FROM run_statistics");
    }
    long counted = addAllRuns(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE statistics_state SET is_complete = " + (database.isShared() ? "true" : "1"));
    }
    return counted;
  }

  private long addAllRuns(Connection connection) throws SQLException {
    var additions = new Additions();
    long counted = 0;
    long seen = 0;
    long lastId = 0;
    int found;
    try (PreparedStatement statement = connection.prepareStatement(NEXT_RUNS)) {
      do {
        found = 0;
        statement.setLong(1, lastId);
        statement.setInt(2, RUNS_AT_ONCE);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found++;
            lastId = row.getLong(1);
            EndedRun run = ended(row);
            if (run != null) {
              additions.add(run);
              counted++;
            }
            if (additions.rows() >= ROWS_AT_ONCE) {
              additions.write(connection, table);
            }
          }
        }
        tellProgress(seen, seen + found);
        seen += found;
      } while (found == RUNS_AT_ONCE);
    }
    additions.write(connection, table);
    return counted;
  }

  private static void tellProgress(long before, long now) {
    if (before / TELL_EVERY != now / TELL_EVERY) {
      LOG.log(Level.INFO, "{0} runs have been looked at", Long.toString(now));
    }
  }

  private static @Nullable EndedRun ended(ResultSet row) throws SQLException {
    Long finishedAt = number(row, 6);
    if (finishedAt == null) {
      return null;
    }
    Long startedAt = number(row, 5);
    return new EndedRun(
        row.getLong(2),
        row.getLong(3),
        RunOutcome.valueOf(row.getString(4)),
        Instant.ofEpochMilli(finishedAt),
        startedAt == null ? null : finishedAt - startedAt,
        number(row, 7));
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = database.maintenance().getConnection()) {
      connection.setAutoCommit(false);
      boolean isDone = false;
      try {
        T result = work.in(connection);
        connection.commit();
        isDone = true;
        return result;
      } finally {
        if (!isDone) {
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the statistics cannot be counted", e);
    }
  }
}
