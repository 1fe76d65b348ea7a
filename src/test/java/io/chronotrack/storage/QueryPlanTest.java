package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.Outcome;
import io.chronotrack.audit.store.JpaAuditRepository;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.store.JpaJobRunRepository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every list that the API offers is read from an index in its order, on its first page as on its
 * later ones: no page costs more because the table has grown.
 */
@NullUnmarked // JUnit fills the fields.
class QueryPlanTest {

  private static final Position LATER = new Position(1_769_851_800_123L, 42);

  private static final Scope ONE_JOB = new Scope(1, Set.of(7L));
  private static final Scope TWO_JOBS = new Scope(1, Set.of(7L, 8L));

  private static SqliteFixture sqlite;
  private static JobRepository jobs;
  private static JobRunRepository runs;
  private static AuditRepository audit;

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    jobs = new JpaJobRepository(sqlite.writer(), sqlite.reader());
    runs = new JpaJobRunRepository(sqlite.writer(), sqlite.reader());
    audit = new JpaAuditRepository(sqlite.writer(), sqlite.reader());
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  private interface Listing {
    Object read(PageRequest request);
  }

  static Stream<Arguments> everyListOnEveryPage() {
    List<Named<Listing>> lists = new ArrayList<>();
    for (String name : new String[] {null, "nightly"}) {
      for (Boolean archived : new Boolean[] {null, true}) {
        for (Set<String> types : List.of(Set.<String>of(), Set.of("etl"))) {
          var filter = new JobFilter(name, archived, types);
          lists.add(
              Named.of(
                  filter.toString(), request -> jobs.list(SampleCallers.DEFAULT, filter, request)));
        }
      }
    }
    for (String actor : new String[] {null, "key/1"}) {
      for (String action : new String[] {null, "job.create"}) {
        for (String subject : new String[] {null, "job/1"}) {
          for (Outcome outcome : new Outcome[] {null, Outcome.REFUSED}) {
            for (Instant time : new Instant[] {null, Instant.EPOCH}) {
              var filter = new AuditFilter(1, actor, action, subject, outcome, time, time);
              lists.add(Named.of(filter.toString(), request -> audit.list(filter, request)));
            }
          }
        }
      }
    }
    lists.add(Named.of("events", request -> runs.events(7, request)));
    return onEveryPage(lists);
  }

  @ParameterizedTest(name = "{0} after {1}")
  @MethodSource("everyListOnEveryPage")
  void isReadFromAnIndexInItsOrder(Listing list, @Nullable Position after) throws SQLException {
    String sql = statementOf(list, after);
    List<String> plan = plan(sql);
    assertThat(plan)
        .as("plan of %s", sql)
        .hasSize(1)
        .allMatch(step -> step.matches("(SEARCH|SCAN) .* USING (INDEX|PRIMARY KEY) .*"))
        .noneMatch(step -> step.contains("TEMP B-TREE"));
    if (sql.toLowerCase(Locale.ROOT).contains(" where ")) {
      assertThat(plan).as("plan of %s", sql).allMatch(step -> step.startsWith("SEARCH"));
    }
  }

  static Stream<Arguments> everyListOfCertainJobsOnEveryPage() {
    List<Named<Listing>> lists = new ArrayList<>();
    for (Scope scope : List.of(ONE_JOB, TWO_JOBS)) {
      for (JobFilter filter :
          List.of(
              JobFilter.ALL,
              new JobFilter("nightly", true, Set.of()),
              new JobFilter(null, null, Set.of("etl", "report")))) {
        lists.add(Named.of(scope + " " + filter, request -> jobs.list(scope, filter, request)));
      }
    }
    return onEveryPage(lists);
  }

  @ParameterizedTest(name = "{0} after {1}")
  @MethodSource("everyListOfCertainJobsOnEveryPage")
  void isReadByIdsOrFromAnIndexInItsOrder(Listing list, @Nullable Position after)
      throws SQLException {
    String sql = statementOf(list, after);
    List<String> plan = plan(sql);
    assertThat(plan.get(0)).as("plan of %s", sql).startsWith("SEARCH");
    if (!plan.get(0).contains("USING INTEGER PRIMARY KEY")) {
      // What is sorted would not be limited by the number of ids.
      assertThat(plan).as("plan of %s", sql).noneMatch(step -> step.contains("TEMP B-TREE"));
    }
  }

  private static Stream<Arguments> onEveryPage(List<Named<Listing>> lists) {
    return lists.stream()
        .flatMap(list -> Stream.of(Arguments.of(list, null), Arguments.of(list, LATER)));
  }

  private static String statementOf(Listing list, @Nullable Position after) {
    int before = sqlite.statements().size();
    sqlite.transactions().read(() -> list.read(new PageRequest(50, after)));
    List<String> made = sqlite.statements().subList(before, sqlite.statements().size());
    assertThat(made).hasSize(1);
    return made.get(0);
  }

  private static List<String> plan(String sql) throws SQLException {
    try (Connection connection = sqlite.connect()) {
      return QueryPlans.ofSqlite(connection, sql);
    }
  }
}
