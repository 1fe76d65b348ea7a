package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.Outcome;
import io.chronotrack.audit.store.JpaAuditRepository;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.ExternalId;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.store.JpaJobRunRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every list with at most one filter is read from an index in its order, whatever the values are:
 * nothing is sorted, nothing is read from the beginning. Tables have rows, so that the planner has
 * a choice.
 */
@NullUnmarked // JUnit fills the fields.
class PostgresQueryPlanTest {

  private static final Position LATER = new Position(1_769_851_800_123L, 42);

  private static PostgresFixture postgres;
  private static JobRepository jobs;
  private static JobRunRepository runs;
  private static AuditRepository audit;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    jobs = new JpaJobRepository(postgres.writer(), postgres.reader());
    runs = new JpaJobRunRepository(postgres.writer(), postgres.reader());
    audit = new JpaAuditRepository(postgres.writer(), postgres.reader());
    postgres.execute(
        "INSERT INTO jobs SELECT i, 1, 'name ' || i % 50, NULL, 'type ' || i % 20, i % 9 = 0,"
            + " 1769851000000 + i, 5, 1 FROM generate_series(1, 5000) AS i",
        "INSERT INTO job_runs SELECT i, 1, 1 + i % 500, CASE WHEN i % 50 = 0 THEN 'RUNNING' ELSE"
            + " 'SUCCESS' END, 5, CASE WHEN i % 50 = 0 THEN NULL ELSE 6 END, NULL, NULL, NULL,"
            + " 1769851000000 + i, 5, 1, NULL FROM generate_series(1, 30000) AS i",
        "INSERT INTO run_events SELECT i, 1, 'CREATED', NULL, 'PENDING', '', 5, 5"
            + " FROM generate_series(1, 30000) AS i",
        "INSERT INTO audit SELECT i, 5, 1, 'key/' || i % 40, 'action ' || i % 9,"
            + " 'job/' || i % 700, CASE WHEN i % 99 = 0 THEN 'REFUSED' ELSE 'DONE' END, 'local',"
            + " NULL, NULL, '' FROM generate_series(1, 20000) AS i",
        "ANALYZE");
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  static Stream<Arguments> lists() {
    List<Named<Function<PageRequest, Object>>> lists = new ArrayList<>();
    for (JobFilter filter :
        List.of(
            JobFilter.ALL,
            new JobFilter("name 7", null, Set.of()),
            new JobFilter(null, true, Set.of()),
            new JobFilter(null, null, Set.of("type 3")))) {
      lists.add(
          Named.of(filter.toString(), page -> jobs.list(SampleCallers.DEFAULT, filter, page)));
    }
    for (AuditFilter filter :
        List.of(
            new AuditFilter(1, null, null, null, null, null, null),
            new AuditFilter(1, "key/1", null, null, null, null, null),
            new AuditFilter(1, null, "action 1", null, null, null, null),
            new AuditFilter(1, null, null, "job/1", null, null, null),
            new AuditFilter(1, null, null, null, Outcome.REFUSED, null, null))) {
      lists.add(Named.of(filter.toString(), page -> audit.list(filter, page)));
    }
    lists.add(Named.of("events", page -> runs.events(7, page)));
    return lists.stream()
        .flatMap(list -> Stream.of(Arguments.of(list, null), Arguments.of(list, LATER)));
  }

  @ParameterizedTest(name = "{0} after {1}")
  @MethodSource("lists")
  void isReadFromAnIndexInItsOrder(Function<PageRequest, Object> list, @Nullable Position after)
      throws SQLException {
    int before = postgres.statements().size();
    postgres.transactions().read(() -> list.apply(new PageRequest(50, after)));
    List<String> made = postgres.statements().subList(before, postgres.statements().size());
    assertThat(made).hasSize(1);
    String plan = plan(made.get(0));
    assertThat(plan).contains("Index Scan").doesNotContain("Sort", "Seq Scan", "Bitmap");
  }

  @Test
  void runsToBeChangedAreFoundByTheirKeys() throws SQLException {
    int before = postgres.statements().size();
    postgres
        .transactions()
        .write(
            () -> {
              runs.findForUpdate(SampleCallers.DEFAULT, List.of(1L, 2L));
              return runs.findByExternalIdForUpdate(
                  SampleCallers.DEFAULT,
                  List.of(new ExternalId(7, "night"), new ExternalId(7, "day")));
            });
    List<String> made = postgres.statements().subList(before, postgres.statements().size());
    assertThat(made).hasSize(2);
    assertThat(plan(made.get(0))).contains("job_runs_pkey").doesNotContain("Seq Scan");
    assertThat(plan(made.get(1))).contains("job_runs_external_id").doesNotContain("Seq Scan");
  }

  private static String plan(String sql) throws SQLException {
    try (Connection connection = postgres.connectPlainly()) {
      return String.join("\n", QueryPlans.ofPostgres(connection, sql));
    }
  }
}
