package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.run.stream.EventPosition;
import io.chronotrack.run.stream.JournalEntry;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.QueryPlans;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The journal is read from its index in its order, wherever a reader is: what it costs to tell the
 * next events does not depend on how many there are, before them or behind them. The tables have
 * rows, so that the planner has a choice.
 */
@NullUnmarked // JUnit fills the fields.
class PostgresRunJournalPlanTest {

  private static final int PAGE = 100;

  /** The last number that the planner has heard of. */
  private static final long LAST = 20_000;

  /** What was committed since then: the planner takes it for nothing. */
  private static final long LATER = 30_000;

  private static PostgresFixture postgres;
  private static RunStore store;
  private static String events;
  private static String runs;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    store = RunStores.in(postgres);
    postgres.execute(
        "INSERT INTO jobs SELECT i, 1, 'name', NULL, 'type', false, 5, 5, 1"
            + " FROM generate_series(1, 100000) AS i",
        "INSERT INTO job_runs (id, project_id, job_id, status, started_at, finished_at, created_at,"
            + " updated_at, version) SELECT i, 1, 1 + i % 20000, 'SUCCESS', 5, 6, i, 5, 1"
            + " FROM generate_series(1, 45000) AS i",
        // From before there was a journal, and then three in each transaction.
        insertEvents("NULL", 1, 15_000),
        insertEvents("1 + (i - 15001) / 3", 15_001, 45_000),
        insertEvents("10000 + 1 + (i - 15001) / 3", 15_001, 45_000, 2),
        "ANALYZE",
        // Nobody has looked at these yet.
        "ALTER TABLE run_events SET (autovacuum_enabled = false)",
        insertEvents("20000 + 1 + (i - 15001) / 3", 15_001, 45_000, 3));
    statementsOfAPage();
  }

  private static String insertEvents(String sequence, int firstRun, int lastRun) {
    return insertEvents(sequence, firstRun, lastRun, 1);
  }

  private static String insertEvents(String sequence, int firstRun, int lastRun, int version) {
    return "INSERT INTO run_events (run_id, version, type, to_status, changed, occurred_at,"
        + " recorded_at, sequence) SELECT i, %d, 'AMENDED', 'SUCCESS', '', 5, 5, %s"
            .formatted(version, sequence)
        + " FROM generate_series(%d, %d) AS i".formatted(firstRun, lastRun);
  }

  private static void statementsOfAPage() {
    int before = postgres.statements().size();
    List<JournalEntry> page =
        store.transactions().read(() -> store.journal().read(EventPosition.behind(0), LATER, PAGE));
    assertThat(page).hasSize(PAGE);
    List<String> made = postgres.statements().subList(before, postgres.statements().size());
    assertThat(made).hasSize(2);
    events = made.get(0);
    runs = made.get(1);
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  private static String plan(String sql) throws SQLException {
    try (Connection connection = postgres.connectPlainly()) {
      return String.join("\n", QueryPlans.ofPostgres(connection, sql));
    }
  }

  private static String plan(String sql, List<Long> values) throws SQLException {
    try (Connection connection = postgres.connectPlainly()) {
      return String.join("\n", QueryPlans.ofPostgres(connection, sql, values));
    }
  }

  private static void assertThatItIsReadInItsOrder(String plan) {
    assertThat(plan)
        .contains("Limit", "Index Scan using run_events_in_order on run_events")
        .doesNotContain("Seq Scan", "Bitmap", "Sort", "Filter");
  }

  @Test
  void itIsReadFromItsIndexInItsOrder() throws SQLException {
    assertThatItIsReadInItsOrder(plan(events));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, LAST / 2, LAST - 1, LAST, LATER - 5_000, LATER})
  void whereverAReaderIs(long sequence) throws SQLException {
    EventPosition behind = EventPosition.behind(sequence);
    List<Long> values =
        List.of(LATER, sequence, behind.runId(), behind.version(), Long.valueOf(PAGE));
    assertThatItIsReadInItsOrder(plan(events, values));
  }

  @Test
  void runsOfEventsAndTheirJobsAreFoundByTheirIds() throws SQLException {
    assertThat(plan(runs))
        .contains("job_runs_pkey", "jobs_pkey")
        .doesNotContain("Seq Scan", "Sort");
  }

  @Test
  void whatIsSettledIsKnownWithoutATable() throws SQLException {
    int before = postgres.statements().size();
    store.transactions().read(() -> store.journal().settled());
    List<String> made = postgres.statements().subList(before, postgres.statements().size());
    assertThat(made).hasSize(1);
    assertThat(plan(made.get(0))).isEqualTo("Result");
  }

  @Test
  void aStartFindsTheHighestNumberAtTheEndOfTheIndex() throws SQLException {
    assertThat(plan(EventNumberShift.STATE))
        .contains("Limit", "Index Only Scan Backward using run_events_in_order")
        .doesNotContain("Seq Scan", "Sort");
  }
}
