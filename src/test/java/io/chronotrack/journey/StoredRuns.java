package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * What must be true of every database file, by SQL. The file is only read: a log that a killed
 * process has left is still there for the next one.
 */
final class StoredRuns {

  private StoredRuns() {}

  /** Nothing is damaged; every run has exactly the events that led to it, and no event is alone. */
  static void assertSound(Path database) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      assertThat(firstColumn(statement, "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(firstColumn(statement, "PRAGMA foreign_key_check")).isEmpty();
      assertThat(
              firstColumn(
                  statement,
                  "SELECT id FROM job_runs r WHERE version <>"
                      + " (SELECT count(*) FROM run_events e WHERE e.run_id = r.id)"))
          .isEmpty();
      assertThat(
              firstColumn(
                  statement,
                  "SELECT id FROM job_runs r WHERE status <>"
                      + " (SELECT to_status FROM run_events e WHERE e.run_id = r.id"
                      + " AND e.version = r.version)"))
          .isEmpty();
      assertThat(
              firstColumn(
                  statement,
                  "SELECT run_id FROM run_events"
                      + " WHERE run_id NOT IN (SELECT id FROM job_runs)"))
          .isEmpty();
      assertThatNoKeyIsWithoutItsEffect(statement);
    }
  }

  private static void assertThatNoKeyIsWithoutItsEffect(Statement statement) throws SQLException {
    assertThat(
            firstColumn(
                statement,
                "SELECT location FROM idempotency_keys WHERE status = 201"
                    + " AND location NOT IN (SELECT 'runs/' || id FROM job_runs)"))
        .isEmpty();
  }

  private static List<String> firstColumn(Statement statement, String query) throws SQLException {
    List<String> column = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }
}
