package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.storage.IdCounter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs in a database with one writer.
 *
 * <p>Events are numbered in the order in which they are committed. That is the order in which they
 * are written, so they are counted here.
 */
final class SqliteRunTable implements RunTable {

  private static final String WITH_ID = RunSql.SELECT + "id = ?";
  private static final String WITH_EXTERNAL_ID = RunSql.SELECT + "job_id = ? AND external_id = ?";
  private static final String INSERT_EVENT =
      "INSERT INTO run_events ("
          + RunSql.EVENT_COLUMNS
          + ", sequence) VALUES ("
          + RunSql.EVENT_VALUES
          + ", ?)";

  private final IdCounter eventNumbers;

  /**
   * @param eventNumbers counts on from the highest number of an event
   */
  SqliteRunTable(IdCounter eventNumbers) {
    this.eventNumbers = eventNumbers;
  }

  @Override
  public List<JobRun> withIds(Connection connection, Collection<Long> ids) throws SQLException {
    List<JobRun> found = new ArrayList<>(ids.size());
    try (var statement = connection.prepareStatement(WITH_ID)) {
      for (long id : ids) {
        statement.setLong(1, id);
        found.addAll(RunSql.runs(statement));
      }
    }
    return found;
  }

  @Override
  public List<JobRun> withExternalIds(
      Connection connection, long jobId, Collection<String> externalIds) throws SQLException {
    List<JobRun> found = new ArrayList<>();
    try (var statement = connection.prepareStatement(WITH_EXTERNAL_ID)) {
      for (String externalId : externalIds) {
        statement.setLong(1, jobId);
        statement.setString(2, externalId);
        found.addAll(RunSql.runs(statement));
      }
    }
    return found;
  }

  @Override
  public void write(Connection connection, List<PendingRun> runs) throws SQLException {
    List<PendingRun> added = new ArrayList<>();
    Map<Set<RunColumn>, List<PendingRun>> changed = new LinkedHashMap<>();
    for (PendingRun run : runs) {
      JobRun stored = run.stored();
      if (stored == null) {
        added.add(run);
      } else {
        // An index is written anew for every column of it that is named, changed or not.
        Set<RunColumn> columns = RunColumn.changed(stored, run.run());
        changed.computeIfAbsent(columns, missing -> new ArrayList<>()).add(run);
      }
    }
    if (!added.isEmpty()) {
      insert(connection, added);
    }
    for (var alike : changed.entrySet()) {
      replace(connection, alike.getKey(), alike.getValue());
    }
    insertEvents(connection, runs);
  }

  private static void insert(Connection connection, List<PendingRun> runs) throws SQLException {
    try (var statement = connection.prepareStatement(RunSql.INSERT)) {
      for (PendingRun run : runs) {
        RunSql.setNew(statement, run.run());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void replace(Connection connection, Set<RunColumn> columns, List<PendingRun> runs)
      throws SQLException {
    try (var statement = connection.prepareStatement(RunSql.update(columns))) {
      for (PendingRun run : runs) {
        RunSql.setChanged(statement, columns, run);
        statement.addBatch();
      }
      RunSql.replaceEach(statement, runs);
    }
  }

  private void insertEvents(Connection connection, List<PendingRun> runs) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT_EVENT)) {
      for (PendingRun run : runs) {
        for (RunEvent event : run.events()) {
          int place = RunSql.setEvent(statement, 1, event);
          statement.setLong(place, eventNumbers.next());
          statement.addBatch();
        }
      }
      statement.executeBatch();
    }
  }
}
