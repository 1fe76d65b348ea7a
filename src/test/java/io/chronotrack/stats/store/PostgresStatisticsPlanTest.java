package io.chronotrack.stats.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.store.JpaJobRunRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.QueryPlans;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that statistics are read or written by looks at more than it is asked for, in tables that
 * leave the planner a choice.
 */
@NullUnmarked // JUnit fills the fields.
class PostgresStatisticsPlanTest {

  private static PostgresFixture postgres;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    postgres.execute(
        "INSERT INTO jobs SELECT i, 1, 'name', NULL, NULL, false, 1769851000000 + i, 5, 1"
            + " FROM generate_series(1, 1000) AS i",
        "INSERT INTO job_runs (id, project_id, job_id, status, started_at, finished_at, created_at,"
            + " updated_at, version, slower_than_usual) SELECT i, 1, 1 + i % 500, CASE WHEN i % 30 = 0 THEN"
            + " 'FAILED' ELSE 'SUCCESS' END, 5, 6,"
            + " 1769851000000 + i, 5, 1, i % 100 = 0 FROM generate_series(1, 30000) AS i",
        "INSERT INTO run_statistics SELECT 1 + i % 3, 1 + i % 500, i / 100, i, '\\x01'"
            + " FROM generate_series(1, 50000) AS i",
        "ANALYZE");
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  /** The plan for whatever values. */
  private static String plan(String sql) throws SQLException {
    try (Connection connection = postgres.connectPlainly()) {
      return String.join("\n", QueryPlans.ofPostgres(connection, sql));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {StatisticsTable.TAKE_SHARED, StatisticsTable.HOURS, "one job", "fifty jobs"})
  void rowsOfStatisticsAreFoundByTheirKey(String sql) throws SQLException {
    String plan =
        plan(
            switch (sql) {
              case "one job" -> StatisticsTable.ofJobs(1);
              case "fifty jobs" -> StatisticsTable.ofJobs(50);
              default -> sql;
            });
    assertThat(plan).contains("run_statistics_pkey").doesNotContain("Seq Scan");
  }

  @ParameterizedTest
  @NullSource
  @EnumSource(names = "SUCCESS")
  void theNewestRunsOfJobsAreFoundAtTheEndOfAnIndex(@Nullable RunStatus status)
      throws SQLException {
    var runs = new JpaJobRunRepository(postgres.writer(), postgres.reader());
    int before = postgres.statements().size();
    postgres
        .transactions()
        .read(() -> runs.newestOf(SampleCallers.DEFAULT, List.of(7L, 8L), status));
    List<String> made = postgres.statements().subList(before, postgres.statements().size());
    assertThat(made).hasSize(1);
    assertThat(plan(made.get(0)))
        .contains(status == null ? "job_runs_job_newest" : "job_runs_job_status_newest")
        // What is sorted are the ids that were found, one for each job.
        .contains("Limit", "Backward")
        .doesNotContain("Seq Scan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "and r.jobId = 7 "})
  void slowRunsAreReadFromAnIndexInItsOrder(String more) throws SQLException {
    int before = postgres.statements().size();
    postgres
        .transactions()
        .read(
            () ->
                postgres
                    .reader()
                    .current()
                    .createQuery(
                        "select r from JobRunRow r where r.projectId = 1 and r.slowerThanUsual = true "
                            + more
                            + "order by r.createdAt desc, r.id desc")
                    .setMaxResults(51)
                    .getResultList());
    assertThat(plan(postgres.statements().get(before)))
        .contains("slower_newest")
        .doesNotContain("Seq Scan", "Sort");
  }
}
