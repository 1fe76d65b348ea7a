package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StaleObjectStateException;

/**
 * The statements by which commands read and write the table {@code job_runs}, past Hibernate: a
 * transaction looks at a run by its id, and writes it once, so that there is nothing to manage and
 * nothing to compare. Queries read it as {@link JobRunRow}.
 */
final class RunTable {

  private static final String SELECT = "SELECT " + names(RunColumn.ALL) + " FROM job_runs WHERE ";

  private static final String INSERT =
      "INSERT INTO job_runs ("
          + names(RunColumn.ALL)
          + ") VALUES ("
          + String.join(", ", Collections.nCopies(RunColumn.ALL.size(), "?"))
          + ")";

  private final boolean isShared;

  /**
   * @param isShared whether several write to the database at a time
   */
  RunTable(boolean isShared) {
    this.isShared = isShared;
  }

  /** A run that another version of it takes the place of. */
  record Replacement(JobRun stored, JobRun run) {}

  /** The runs with these ids, in no certain order. */
  List<JobRun> withIds(Connection connection, Collection<Long> ids) throws SQLException {
    List<JobRun> found = new ArrayList<>(ids.size());
    if (isShared) {
      try (var statement = connection.prepareStatement(SELECT + "id = ANY (?)")) {
        statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
        collect(statement, found);
      }
    } else {
      try (var statement = connection.prepareStatement(SELECT + "id = ?")) {
        for (long id : ids) {
          statement.setLong(1, id);
          collect(statement, found);
        }
      }
    }
    return found;
  }

  /** The runs of a job that have these external ids, in no certain order. */
  List<JobRun> withExternalIds(Connection connection, long jobId, Collection<String> externalIds)
      throws SQLException {
    List<JobRun> found = new ArrayList<>();
    if (isShared) {
      // An array might be one of nothing, for which the index has no entries.
      String sql = SELECT + "job_id = ? AND external_id = ANY (?) AND external_id IS NOT NULL";
      try (var statement = connection.prepareStatement(sql)) {
        statement.setLong(1, jobId);
        statement.setArray(2, connection.createArrayOf("text", externalIds.toArray()));
        collect(statement, found);
      }
    } else {
      String sql = SELECT + "job_id = ? AND external_id = ?";
      try (var statement = connection.prepareStatement(sql)) {
        for (String externalId : externalIds) {
          statement.setLong(1, jobId);
          statement.setString(2, externalId);
          collect(statement, found);
        }
      }
    }
    return found;
  }

  private static void collect(PreparedStatement statement, List<JobRun> found) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(RunColumn.read(rows));
      }
    }
  }

  /** Adds runs. */
  void insert(Connection connection, Collection<JobRun> runs) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(INSERT)) {
      for (JobRun run : runs) {
        set(statement, RunColumn.ALL, run);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Replaces runs that have the versions which were read.
   *
   * @param runs in the order of their ids
   * @throws StaleObjectStateException if others have changed one meanwhile
   */
  void replace(Connection connection, Collection<Replacement> runs) throws SQLException {
    Map<Set<RunColumn>, List<Replacement>> byColumns = new LinkedHashMap<>();
    for (Replacement run : runs) {
      // SQLite writes an index anew for every column of it that is named, changed or not. Where
      // several write, they take rows in one order and so by one statement, or might wait for each
      // other.
      Set<RunColumn> columns =
          isShared ? RunColumn.CHANGING : RunColumn.changed(run.stored(), run.run());
      byColumns.computeIfAbsent(columns, missing -> new ArrayList<>()).add(run);
    }
    for (var group : byColumns.entrySet()) {
      replace(connection, group.getKey(), group.getValue());
    }
  }

  private static void replace(Connection connection, Set<RunColumn> columns, List<Replacement> runs)
      throws SQLException {
    String sql =
        columns.stream()
            .map(column -> column.sql() + " = ?")
            .collect(
                Collectors.joining(", ", "UPDATE job_runs SET ", " WHERE id = ? AND version = ?"));
    try (var statement = connection.prepareStatement(sql)) {
      for (Replacement run : runs) {
        int place = set(statement, columns, run.run());
        statement.setLong(place, run.run().id());
        statement.setLong(place + 1, run.stored().version());
        statement.addBatch();
      }
      int[] replaced = statement.executeBatch();
      for (int i = 0; i < replaced.length; i++) {
        if (replaced[i] != 1) {
          throw new StaleObjectStateException(JobRunRow.class.getName(), runs.get(i).run().id());
        }
      }
    }
  }

  /** Sets the columns' parameters; the place of the next one. */
  private static int set(PreparedStatement statement, Set<RunColumn> columns, JobRun run)
      throws SQLException {
    int place = 1;
    for (RunColumn column : columns) {
      column.set(statement, place++, run);
    }
    return place;
  }

  private static String names(Set<RunColumn> columns) {
    return columns.stream().map(RunColumn::sql).collect(Collectors.joining(", "));
  }
}
