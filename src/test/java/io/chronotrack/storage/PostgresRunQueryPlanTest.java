package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.query.RunIndex;
import io.chronotrack.run.query.RunSort;
import io.chronotrack.run.store.JpaJobRunRepository;
import io.chronotrack.storage.OfferedRunLists.Offered;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every list of runs that the API offers is read by indexes, whatever its values are: no table is
 * scanned, and nothing is sorted that was not limited before.
 */
@NullUnmarked // JUnit fills the fields.
class PostgresRunQueryPlanTest {

  /** Where the lists are read, to learn their statements: without rows that is soon done. */
  private static PostgresFixture empty;

  /** Where the statements are planned: with rows, so that the planner has a choice. */
  private static PostgresFixture filled;

  private static JobRunRepository runs;

  @BeforeAll
  static void open() {
    empty = new PostgresFixture();
    runs = new JpaJobRunRepository(empty.writer(), empty.reader());
    filled = new PostgresFixture();
    filled.execute(
        "INSERT INTO jobs SELECT i, 1, 'name', NULL, 'type ' || i % 20, false, 5, 5, 1"
            + " FROM generate_series(1, 500) AS i",
        "INSERT INTO job_runs (id, project_id, job_id, status, started_at, finished_at,"
            + " created_at, updated_at, version, slower_than_usual, external_id)"
            + " SELECT i, 1, 1 + i % 500, CASE WHEN i % 500 = 3 THEN 'RUNNING' WHEN i % 33 = 0 THEN"
            + " 'FAILED' ELSE 'SUCCESS' END, 1769851000000 + i, CASE WHEN i % 500 = 3 THEN NULL"
            + " ELSE 1769851000000 + i + i % 999 END, 1769851000000 + i, 5, 1, i % 40 = 0,"
            + " CASE WHEN i % 10 = 0 THEN 'night-' || i % 1000 || '-' || i / 1000 END"
            + " FROM generate_series(1, 60000) AS i",
        "ANALYZE");
  }

  @AfterAll
  static void close() {
    filled.close();
    empty.close();
  }

  static Stream<RunSort> sorts() {
    return RunSort.NAMES.stream().map(name -> RunSort.named(name).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("sorts")
  void everyOfferedListIsReadByIndexesInItsOrder(RunSort sort) throws SQLException {
    Map<String, String> verified = new HashMap<>();
    try (Connection connection = filled.connectPlainly()) {
      for (Offered list : OfferedRunLists.by(sort)) {
        for (String sql : statementsOf(list)) {
          if (verified.put(sql, list.toString()) == null) {
            verify(list, sql, QueryPlans.ofPostgres(connection, sql));
          }
        }
      }
    }
    assertThat(verified).hasSizeGreaterThan(100);
  }

  private static void verify(Offered list, String sql, List<String> plan) {
    String whole = String.join("\n", plan);
    assertThat(whole)
        .as("plan of %s for %s", sql, list)
        .contains("Index")
        .doesNotContain("Seq Scan", "Bitmap");
    if (list.access().index() == RunIndex.JOB_EXTERNAL_ID) {
      // One run at most: that it is sorted means nothing.
      return;
    }
    for (int i = 0; i + 2 < plan.size(); i++) {
      if (plan.get(i).contains("Sort  ") || plan.get(i).stripLeading().startsWith("->  Sort")) {
        // Below a sort are its keys and then what is sorted.
        assertThat(plan.get(i + 2)).as("sorted in %s", whole).doesNotContain("on job_runs r");
      }
    }
  }

  private static List<String> statementsOf(Offered list) {
    int before = empty.statements().size();
    list.pages()
        .forEach(
            page -> empty.transactions().read(() -> runs.list(list.scope(), list.query(), page)));
    empty.transactions().read(() -> runs.count(list.scope(), list.query()));
    return empty.statements().subList(before, empty.statements().size());
  }
}
