package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.Job;
import io.chronotrack.job.NewJob;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.stream.EventPosition;
import io.chronotrack.run.stream.JournalEntry;
import io.chronotrack.storage.QueryPlans;
import io.chronotrack.storage.SqliteFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal is read from its index in its order: what it costs to tell the next events does not
 * depend on how many there are, before them or behind them.
 */
@NullUnmarked // JUnit fills the fields.
class SqliteRunJournalPlanTest {

  private static SqliteFixture sqlite;
  private static RunStore store;

  @BeforeAll
  static void open(@TempDir Path folder) {
    sqlite = new SqliteFixture(folder);
    store = RunStores.in(sqlite);
    String numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) ";
    execute(
        numbers.formatted(2_000)
            + "INSERT INTO jobs (id, project_id, name, archived, created_at, updated_at, version)"
            + " SELECT i, 1, 'name', 0, 5, 5, 1 FROM n");
    execute(
        numbers.formatted(10_000)
            + "INSERT INTO job_runs (id, project_id, job_id, status, started_at, finished_at,"
            + " created_at, updated_at, version) SELECT i, 1, 1 + i % 2000, 'SUCCESS', 5, 6, i, 5, 1"
            + " FROM n");
    // Some are from before there was a journal.
    execute(
        numbers.formatted(10_000)
            + "INSERT INTO run_events (run_id, version, type, to_status, changed, occurred_at,"
            + " recorded_at, sequence) SELECT i, 1, 'AMENDED', 'SUCCESS', '', 5, 5,"
            + " CASE WHEN i > 3000 THEN i - 3000 END FROM n");
    execute("ANALYZE");
  }

  @AfterAll
  static void close() {
    sqlite.close();
  }

  private static void execute(String sql) {
    sqlite
        .transactions()
        .write(() -> sqlite.writer().current().createNativeQuery(sql).executeUpdate());
  }

  private static List<String> plan(String sql) throws SQLException {
    try (Connection connection = sqlite.database().readers().open()) {
      return QueryPlans.ofSqlite(connection, sql);
    }
  }

  private static List<String> statementsSince(int before) {
    return sqlite.statements().subList(before, sqlite.statements().size());
  }

  @Test
  void itIsReadFromItsIndexInItsOrderAndItsRunsByTheirIds() throws SQLException {
    int before = sqlite.statements().size();
    List<JournalEntry> page =
        store.transactions().read(() -> store.journal().read(EventPosition.behind(10), 7_000, 100));
    assertThat(page).hasSize(100);

    List<String> made = statementsSince(before);
    assertThat(made).hasSize(2);
    assertThat(plan(made.get(0)))
        .containsExactly(
            "SEARCH e USING INDEX run_events_in_order"
                + " ((sequence,run_id,version)>(?,?,?) AND sequence<?)");
    assertThat(plan(made.get(1)))
        .hasSize(2)
        .allMatch(step -> step.endsWith("USING INTEGER PRIMARY KEY (rowid=?)"));
  }

  @Test
  void whatIsSettledIsAtTheEndOfTheIndex() throws SQLException {
    int before = sqlite.statements().size();
    store.transactions().read(() -> store.journal().settled());
    List<String> made = statementsSince(before);
    assertThat(made).hasSize(1);
    assertThat(plan(made.get(0)))
        .singleElement()
        .asString()
        .startsWith("SEARCH e USING COVERING INDEX run_events_in_order");
  }

  @Test
  void theFirstWriterFindsTheHighestNumberAtTheEndOfTheIndex() throws SQLException {
    int before = sqlite.statements().size();
    store
        .transactions()
        .write(
            () -> {
              Job job =
                  Job.create(
                      store.jobs().nextId(),
                      SampleCallers.DEFAULT.projectId(),
                      new NewJob("job", null, null),
                      SampleRuns.CREATED);
              store.jobs().insert(job);
              JobRun run =
                  JobRun.create(
                      store.repository().nextId(),
                      job,
                      SampleRuns.wanted(RunStatus.PENDING),
                      SampleRuns.CREATED);
              store.repository().insert(run, RunEvent.created(run));
              return run;
            });
    List<String> asked =
        statementsSince(before).stream()
            .filter(sql -> sql.matches("select .*max\\(.*sequence.*"))
            .toList();
    assertThat(asked).isNotEmpty();
    assertThat(plan(asked.get(0)))
        .as(asked.get(0))
        .singleElement()
        .asString()
        .matches("SEARCH \\w+ USING COVERING INDEX run_events_in_order.*");
  }
}
