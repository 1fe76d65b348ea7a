package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Runs in a database that many write to at a time, over a network: a run and its event are one
 * statement, and one way there and back.
 *
 * <p>Events are numbered by the database, each by its transaction (the default of the column); a
 * reader knows which of them are settled (see {@link JpaRunJournal}).
 */
final class PostgresRunTable implements RunTable {

  private static final String WITH_IDS = RunSql.SELECT + "id = ANY (?)";

  /** An array might be one of nothing, for which the index has no entries. */
  private static final String WITH_EXTERNAL_IDS =
      RunSql.SELECT + "job_id = ? AND external_id = ANY (?) AND external_id IS NOT NULL";

  private static final String EVENT = "INSERT INTO run_events (" + RunSql.EVENT_COLUMNS + ") ";

  private static final String INSERT_EVENT = EVENT + "VALUES (" + RunSql.EVENT_VALUES + ")";

  private static final String INSERT = "WITH run AS (" + RunSql.INSERT + ") " + INSERT_EVENT;

  /**
   * All columns, changed or not: by one statement, rows are taken in one order by all, so that no
   * two wait for each other. If there is no such version, there is no event either.
   */
  private static final String REPLACE =
      "WITH run AS ("
          + RunSql.update(RunColumn.CHANGING)
          + " RETURNING id) "
          + EVENT
          + "SELECT "
          + RunSql.EVENT_VALUES
          + " FROM run";

  @Override
  public List<JobRun> withIds(Connection connection, Collection<Long> ids) throws SQLException {
    try (var statement = connection.prepareStatement(WITH_IDS)) {
      statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      return RunSql.runs(statement);
    }
  }

  @Override
  public List<JobRun> withExternalIds(
      Connection connection, long jobId, Collection<String> externalIds) throws SQLException {
    try (var statement = connection.prepareStatement(WITH_EXTERNAL_IDS)) {
      statement.setLong(1, jobId);
      statement.setArray(2, connection.createArrayOf("text", externalIds.toArray()));
      return RunSql.runs(statement);
    }
  }

  @Override
  public void write(Connection connection, List<PendingRun> runs) throws SQLException {
    List<PendingRun> added = new ArrayList<>();
    List<PendingRun> changed = new ArrayList<>();
    List<RunEvent> further = new ArrayList<>();
    for (PendingRun run : runs) {
      (run.stored() == null ? added : changed).add(run);
      further.addAll(run.events().subList(1, run.events().size()));
    }
    if (!added.isEmpty()) {
      insert(connection, added);
    }
    if (!changed.isEmpty()) {
      replace(connection, changed);
    }
    if (!further.isEmpty()) {
      insertEvents(connection, further);
    }
  }

  private static void insert(Connection connection, List<PendingRun> runs) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT)) {
      for (PendingRun run : runs) {
        int place = RunSql.setNew(statement, run.run());
        RunSql.setEvent(statement, place, run.events().get(0));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void replace(Connection connection, List<PendingRun> runs) throws SQLException {
    try (var statement = connection.prepareStatement(REPLACE)) {
      for (PendingRun run : runs) {
        int place = RunSql.setChanged(statement, RunColumn.CHANGING, run);
        RunSql.setEvent(statement, place, run.events().get(0));
        statement.addBatch();
      }
      RunSql.replaceEach(statement, runs);
    }
  }

  private static void insertEvents(Connection connection, List<RunEvent> events)
      throws SQLException {
    try (var statement = connection.prepareStatement(INSERT_EVENT)) {
      for (RunEvent event : events) {
        RunSql.setEvent(statement, 1, event);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
