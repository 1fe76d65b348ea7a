package io.chronotrack.stats.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.store.JpaJobRunRepository;
import io.chronotrack.storage.QueryPlans;
import io.chronotrack.storage.SqliteFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that statistics are read or written by looks at more than it is asked for. */
@NullUnmarked // JUnit fills the fields.
class SqliteStatisticsPlanTest {

  private static SqliteFixture sqlite;

  @BeforeAll
  static void open(@TempDir Path folder) {
    sqlite = new SqliteFixture(folder);
  }

  @AfterAll
  static void close() throws Exception {
    sqlite.close();
  }

  private static List<String> plan(String sql) throws SQLException {
    try (Connection connection = sqlite.database().readers().open()) {
      return QueryPlans.ofSqlite(connection, sql);
    }
  }

  @Test
  void rowsOfStatisticsAreFoundByTheirKey() throws SQLException {
    String byKey = "SEARCH run_statistics USING PRIMARY KEY (kind=? AND owner_id=? AND hour";
    for (String sql :
        List.of(StatisticsTable.TAKE, StatisticsTable.HOURS, StatisticsTable.ofJobs(50))) {
      assertThat(plan(sql)).as(sql).singleElement().asString().startsWith(byKey);
    }
  }

  @ParameterizedTest
  @NullSource
  @EnumSource(names = "SUCCESS")
  void theNewestRunsOfJobsAreFoundAtTheEndOfAnIndex(@Nullable RunStatus status)
      throws SQLException {
    var runs = new JpaJobRunRepository(sqlite.writer(), sqlite.reader());
    int before = sqlite.statements().size();
    sqlite.transactions().read(() -> runs.newestOf(SampleCallers.DEFAULT, List.of(7L, 8L), status));
    List<String> made = sqlite.statements().subList(before, sqlite.statements().size());
    assertThat(made).hasSize(1);
    List<String> plan = plan(made.get(0));
    assertThat(plan).as(made.get(0)).noneMatch(step -> step.startsWith("SCAN"));
    assertThat(plan).noneMatch(step -> step.contains("ORDER BY"));
    assertThat(plan)
        .anyMatch(
            step ->
                step.contains(
                    status == null
                        ? "INDEX job_runs_job_newest (project_id=? AND job_id=?)"
                        : "INDEX job_runs_job_status_newest"
                            + " (project_id=? AND job_id=? AND status=?)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "and r.jobId = 7 "})
  void slowRunsAreReadFromAnIndexInItsOrder(String more) throws SQLException {
    int before = sqlite.statements().size();
    sqlite
        .transactions()
        .read(
            () ->
                sqlite
                    .reader()
                    .current()
                    .createQuery(
                        "select r from JobRunRow r where r.projectId = 1 and r.slowerThanUsual = true "
                            + more
                            + "order by r.createdAt desc, r.id desc")
                    .setMaxResults(51)
                    .getResultList());
    assertThat(plan(sqlite.statements().get(before)))
        .singleElement()
        .asString()
        .matches("SEARCH .* USING INDEX job_runs_(job_)?slower_newest .*");
  }
}
