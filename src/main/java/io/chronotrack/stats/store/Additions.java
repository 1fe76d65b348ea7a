package io.chronotrack.stats.store;

import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.Series;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What runs add to statistics, by the rows that it is added to. Not thread-safe. */
final class Additions {

  private static final int QUARTERS_OF_HOUR = 4;

  private final Map<StatisticsKey, Addition> byKey = new TreeMap<>();

  /** Counts a run. */
  void add(EndedRun run) {
    long hour = Math.floorDiv(Series.quarterOf(run.finishedAt()), QUARTERS_OF_HOUR);
    at(StatisticsKey.ofJob(run.jobId())).add(run);
    at(new StatisticsKey(StatisticsKey.Kind.JOB_HOUR, run.jobId(), hour)).add(run);
    at(new StatisticsKey(StatisticsKey.Kind.PROJECT_HOUR, run.projectId(), hour)).add(run);
  }

  /** How many rows there is something for. */
  int rows() {
    return byKey.size();
  }

  /** Adds everything to its rows, in the running transaction, and is empty then. */
  void write(Connection connection, StatisticsTable table) throws SQLException {
    Map<StatisticsKey, StatisticsRow> stored = table.take(connection, byKey.keySet());
    List<StatisticsRow> changed = new ArrayList<>(byKey.size());
    byKey.forEach(
        (key, addition) -> {
          StatisticsRow row = stored.get(key);
          changed.add(
              row == null
                  ? new StatisticsRow(key, table.newShard(), addition.addedTo(null))
                  : new StatisticsRow(key, row.shard(), addition.addedTo(row.content())));
        });
    table.put(connection, changed);
    byKey.clear();
  }

  private Addition at(StatisticsKey key) {
    return byKey.computeIfAbsent(key, missing -> Addition.to(missing.kind()));
  }
}
