package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.page.PageRequest;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.query.RunIndex;
import io.chronotrack.run.query.RunSort;
import io.chronotrack.run.store.JpaJobRunRepository;
import io.chronotrack.storage.OfferedRunLists.Offered;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every list of runs that the API offers is read from the index that {@link RunIndex} names, in its
 * order, on the first page as on later ones and on the way back: nothing is scanned, and nothing is
 * sorted but what limited branches have found.
 */
@NullUnmarked // JUnit fills the fields.
class RunQueryPlanTest {

  private static SqliteFixture sqlite;
  private static JobRunRepository runs;

  @BeforeAll
  static void open(@TempDir Path folder) {
    sqlite = new SqliteFixture(folder);
    runs = new JpaJobRunRepository(sqlite.writer(), sqlite.reader());
  }

  @AfterAll
  static void close() {
    sqlite.close();
  }

  static Stream<RunSort> sorts() {
    return RunSort.NAMES.stream().map(name -> RunSort.named(name).orElseThrow());
  }

  /** A step of a plan, with the number of the step that it is a part of. */
  private record Step(int parent, String detail) {

    boolean readsRunsByAnIndex() {
      return detail.startsWith("SEARCH r USING") && !detail.contains("INTEGER PRIMARY KEY");
    }

    boolean sorts() {
      return detail.contains("TEMP B-TREE");
    }
  }

  @ParameterizedTest
  @MethodSource("sorts")
  void everyOfferedListIsReadFromItsIndexInItsOrder(RunSort sort) throws SQLException {
    List<Offered> offered = OfferedRunLists.by(sort);
    assertThat(offered).hasSizeGreaterThan(100);
    Map<String, String> verified = new HashMap<>();
    try (Connection connection = sqlite.connect()) {
      for (Offered list : offered) {
        for (String sql : statementsOf(list)) {
          if (verified.put(sql, list.toString()) == null) {
            verify(list, sql, plan(connection, sql));
          }
        }
      }
    }
    assertThat(verified).hasSizeGreaterThan(100);
  }

  private static void verify(Offered list, String sql, List<Step> plan) {
    String index = list.access().index().indexName();
    assertThat(plan)
        .as("plan of %s for %s", sql, list)
        .filteredOn(step -> step.detail().matches("(SCAN|SEARCH) (r|job_runs)\\b.*"))
        .isNotEmpty()
        .allMatch(
            step ->
                step.detail().matches("SEARCH r USING (COVERING )?INDEX " + index + " \\(.*")
                    || step.detail().startsWith("SEARCH r USING INTEGER PRIMARY KEY"));
    Set<Integer> reading = new HashSet<>();
    plan.stream().filter(Step::readsRunsByAnIndex).forEach(step -> reading.add(step.parent()));
    assertThat(plan)
        .as("plan of %s for %s", sql, list)
        .filteredOn(Step::sorts)
        .noneMatch(step -> reading.contains(step.parent()));
  }

  @Test
  void everyIndexIsThereForSomething() {
    Set<RunIndex> used = EnumSet.noneOf(RunIndex.class);
    sorts()
        .flatMap(sort -> OfferedRunLists.by(sort).stream())
        .forEach(list -> used.add(list.access().index()));
    assertThat(used).containsExactlyInAnyOrder(RunIndex.values());
  }

  @Test
  void theTableHasTheseIndexesAndNoOthers() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = sqlite.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'job_runs'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RunIndex.values()).map(RunIndex::indexName).toList());
  }

  private static List<String> statementsOf(Offered list) {
    int before = sqlite.statements().size();
    list.pages().forEach(page -> read(list, page));
    sqlite.transactions().read(() -> runs.count(list.scope(), list.query()));
    return sqlite.statements().subList(before, sqlite.statements().size());
  }

  private static void read(Offered list, PageRequest page) {
    sqlite.transactions().read(() -> runs.list(list.scope(), list.query(), page));
  }

  private static List<Step> plan(Connection connection, String sql) throws SQLException {
    List<Step> steps = new ArrayList<>();
    try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        steps.add(new Step(rows.getInt("parent"), rows.getString("detail")));
      }
    }
    return steps;
  }
}
