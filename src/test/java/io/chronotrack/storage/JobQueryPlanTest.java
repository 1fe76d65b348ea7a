package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobQuery;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.JobSort;
import io.chronotrack.job.LastRunStatus;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of jobs are read from an index in their order, but for those in the order of last runs, and
 * a last run is always the first entry of an index: no list reads the history.
 */
@NullUnmarked // JUnit fills the fields.
class JobQueryPlanTest {

  private static final Position LATER = new Position(1_769_851_800_123L, 42, "nightly");

  private static final List<JobFilter> FILTERS =
      List.of(
          JobFilter.ALL,
          new JobFilter(null, true, Set.of("etl")),
          new JobFilter(null, null, Set.of(), "sales", Set.of(), null),
          new JobFilter(null, null, Set.of(), null, Set.of(LastRunStatus.FAILED), null),
          new JobFilter(null, false, Set.of(), "x", Set.of(LastRunStatus.NONE), Instant.EPOCH));

  private static SqliteFixture sqlite;
  private static JobRepository jobs;

  @BeforeAll
  static void open(@TempDir Path folder) {
    sqlite = new SqliteFixture(folder);
    jobs = new JpaJobRepository(sqlite.writer(), sqlite.reader());
  }

  @AfterAll
  static void close() {
    sqlite.close();
  }

  static Stream<JobQuery> queries() {
    return JobSort.NAMES.stream()
        .map(name -> JobSort.named(name).orElseThrow())
        .flatMap(sort -> FILTERS.stream().map(filter -> new JobQuery(filter, sort)));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyListIsReadFromIndexes(JobQuery query) throws SQLException {
    int before = sqlite.statements().size();
    for (PageRequest page :
        List.of(
            PageRequest.first(50), new PageRequest(50, LATER), new PageRequest(50, LATER, true))) {
      sqlite.transactions().read(() -> jobs.list(SampleCallers.DEFAULT, query, page));
    }
    sqlite.transactions().read(() -> jobs.count(SampleCallers.DEFAULT, query));
    for (String sql :
        List.copyOf(sqlite.statements().subList(before, sqlite.statements().size()))) {
      List<String> plan = plan(sql);
      assertThat(plan)
          .as("plan of %s", sql)
          .filteredOn(step -> step.matches("(SCAN|SEARCH) [jr] .*"))
          .isNotEmpty()
          .allMatch(
              step ->
                  step.matches("SEARCH j USING (COVERING )?INDEX jobs_.*")
                      || step.matches("SEARCH r USING (COVERING )?INDEX job_runs_job_newest .*"));
      if (query.sort().key() != JobSort.Key.LAST_RUN_AT) {
        assertThat(plan).as("plan of %s", sql).noneMatch(step -> step.contains("TEMP B-TREE"));
      }
    }
  }

  private static List<String> plan(String sql) throws SQLException {
    try (Connection connection = sqlite.connect()) {
      return QueryPlans.ofSqlite(connection, sql);
    }
  }
}
