package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StaleObjectStateException;

/** What the statements of {@link RunTable} have in common on both databases. */
final class RunSql {

  /** Reads whole runs; the condition is missing. */
  static final String SELECT = "SELECT " + names(RunColumn.ALL) + " FROM job_runs WHERE ";

  /** Adds a run. */
  static final String INSERT =
      "INSERT INTO job_runs ("
          + names(RunColumn.ALL)
          + ") VALUES ("
          + String.join(", ", Collections.nCopies(RunColumn.ALL.size(), "?"))
          + ")";

  /** The columns of an event, and their parameters. */
  static final String EVENT_COLUMNS =
      "run_id, version, type, from_status, to_status, changed, occurred_at, recorded_at";

  static final String EVENT_VALUES = "?, ?, ?, ?, ?, ?, ?, ?";

  private RunSql() {}

  /** Replaces these columns of a run that has a certain version. */
  static String update(Set<RunColumn> columns) {
    return columns.stream()
        .map(column -> column.sql() + " = ?")
        .collect(Collectors.joining(", ", "UPDATE job_runs SET ", " WHERE id = ? AND version = ?"));
  }

  private static String names(Set<RunColumn> columns) {
    return columns.stream().map(RunColumn::sql).collect(Collectors.joining(", "));
  }

  /** The runs that a statement finds which begins with {@link #SELECT}. */
  static List<JobRun> runs(PreparedStatement statement) throws SQLException {
    List<JobRun> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(RunColumn.read(rows));
      }
    }
    return found;
  }

  /** Sets the parameters of {@link #INSERT}; the place of the next one. */
  static int setNew(PreparedStatement statement, JobRun run) throws SQLException {
    return set(statement, RunColumn.ALL, run);
  }

  /** Sets the parameters of {@link #update}; the place of the next one. */
  static int setChanged(PreparedStatement statement, Set<RunColumn> columns, PendingRun run)
      throws SQLException {
    int place = set(statement, columns, run.run());
    statement.setLong(place, run.run().id());
    statement.setLong(place + 1, run.storedVersion());
    return place + 2;
  }

  private static int set(PreparedStatement statement, Set<RunColumn> columns, JobRun run)
      throws SQLException {
    int place = 1;
    for (RunColumn column : columns) {
      column.set(statement, place++, run);
    }
    return place;
  }

  /** Sets the parameters of {@link #EVENT_VALUES}, from this place; the place of the next one. */
  static int setEvent(PreparedStatement statement, int place, RunEvent event) throws SQLException {
    RunStatus from = event.fromStatus();
    statement.setLong(place, event.runId());
    statement.setLong(place + 1, event.version());
    statement.setString(place + 2, event.type().name());
    statement.setString(place + 3, from == null ? null : from.name());
    statement.setString(place + 4, event.toStatus().name());
    statement.setString(place + 5, RunEventRow.joined(event.changed()));
    statement.setLong(place + 6, event.occurredAt().toEpochMilli());
    statement.setLong(place + 7, event.recordedAt().toEpochMilli());
    return place + 8;
  }

  /**
   * Sends a batch, each statement of which replaces one run.
   *
   * @throws StaleObjectStateException if one did not find the version that it replaces
   */
  static void replaceEach(PreparedStatement statement, List<PendingRun> runs) throws SQLException {
    int[] counts = statement.executeBatch();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 1) {
        // As Hibernate tells it of its own rows.
        throw new StaleObjectStateException(JobRunRow.class.getName(), runs.get(i).run().id());
      }
    }
  }
}
