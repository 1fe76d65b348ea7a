package io.chronotrack.stats.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.stats.Interval;
import io.chronotrack.stats.Series;
import io.chronotrack.stats.StatsView;
import io.chronotrack.stats.Usual;
import io.chronotrack.storage.PostgresServer;
import io.chronotrack.storage.SqliteFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --rebuild-statistics}, and the first count of a database that is older. */
@NullUnmarked // JUnit fills the fields.
class RebuildStatisticsCommandTest {

  private static final Instant NINE = Instant.parse("2026-01-31T09:00:00Z");

  /**
   * 5 runs of 100 to 500 ms that succeeded, one that failed, one that never started, and one that
   * runs.
   */
  private static final String[] HISTORY = {
    "INSERT INTO jobs (id, project_id, name, archived, created_at, updated_at, version)"
        + " VALUES (1, 1, 'nightly', %1$s, 5, 5, 1)",
    "INSERT INTO job_runs (id, project_id, job_id, status, started_at, finished_at, queue_ms,"
        + " created_at, updated_at, version)"
        + " SELECT i, 1, 1, 'SUCCESS', %2$d, %2$d + 100 * i, 7, 5, 5, 1"
        + " FROM (SELECT 1 AS i UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) AS n",
    "INSERT INTO job_runs (id, project_id, job_id, status, started_at, finished_at, created_at,"
        + " updated_at, version) VALUES (6, 1, 1, 'FAILED', %2$d, %2$d + 9000, 5, 5, 1),"
        + " (7, 1, 1, 'CANCELLED', NULL, %2$d, 5, 5, 1), (8, 1, 1, 'RUNNING', %2$d, NULL, 5, 5, 1)"
  };

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private boolean rebuild(Map<String, String> settings, String... arguments) {
    AppConfig config = AppConfig.from(key -> Optional.ofNullable(settings.get(key)));
    return RebuildStatisticsCommand.run(
        config, List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private Map<String, String> sqlite() {
    return Map.of("DATABASE_FILE", folder.resolve("chronotrack.db").toString());
  }

  private static String[] history(String no) {
    String[] statements = new String[HISTORY.length];
    for (int i = 0; i < HISTORY.length; i++) {
      statements[i] = String.format(HISTORY[i], no, NINE.toEpochMilli());
    }
    return statements;
  }

  private void execute(String... statements) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("chronotrack.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void assertThatTheHistoryIsCounted(SqliteFixture sqlite) {
    var statistics = new JpaStatisticsRepository(sqlite.writer(), sqlite.reader());
    Series series = Series.covering(NINE, NINE.plusSeconds(10), Interval.HOUR, ZoneId.of("UTC"));
    sqlite
        .transactions()
        .read(
            () -> {
              statistics.addProject(1, series);
              assertThat(statistics.usual(List.of(1L)))
                  .isEqualTo(Map.of(1L, new Usual(5, 300, 500)));
              return series;
            });
    StatsView.Figures total = StatsView.of(series).total();
    assertThat(total.runs().success()).isEqualTo(5);
    assertThat(total.runs().failed()).isEqualTo(1);
    assertThat(total.runs().cancelled()).isEqualTo(1);
    assertThat(total.duration().count()).isEqualTo(6);
    assertThat(total.duration().maxMs()).isEqualTo(9_000);
    assertThat(total.queueTime().count()).isEqualTo(5);
  }

  @Test
  void allRunsAreCountedHoweverOftenItIsDone() throws Exception {
    new SqliteFixture(folder).close();
    execute(history("0"));

    assertThat(rebuild(sqlite())).isTrue();
    assertThat(rebuild(sqlite())).isTrue();

    String line = "Statistics were counted anew from 7 runs that have ended.";
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(line, line);
    try (var sqlite = new SqliteFixture(folder)) {
      assertThatTheHistoryIsCounted(sqlite);
    }
  }

  @Test
  void aDatabaseThatIsOlderThanStatisticsIsCountedOnceAndAnyOtherNever() throws Exception {
    new SqliteFixture(folder).close();
    execute(history("0"));
    try (var sqlite = new SqliteFixture(folder)) {
      new StatisticsRebuild(sqlite.database()).runIfMissing();
      var statistics = new JpaStatisticsRepository(sqlite.writer(), sqlite.reader());
      assertThat(sqlite.transactions().read(() -> statistics.usual(List.of(1L)))).isEmpty();
    }
    execute("UPDATE statistics_state SET is_complete = 0");
    try (var sqlite = new SqliteFixture(folder)) {
      new StatisticsRebuild(sqlite.database()).runIfMissing();
      assertThatTheHistoryIsCounted(sqlite);
      new StatisticsRebuild(sqlite.database()).runIfMissing();
      assertThatTheHistoryIsCounted(sqlite);
    }
  }

  @Test
  void aCountThatFailsLeavesWhatWasThere() throws Exception {
    new SqliteFixture(folder).close();
    execute(history("0"));
    assertThat(rebuild(sqlite())).isTrue();
    // No status that a run can end with: what the table itself would refuse.
    execute(
        "PRAGMA ignore_check_constraints = 1", "UPDATE job_runs SET status = 'LOST' WHERE id = 7");

    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> rebuild(sqlite()));

    try (var sqlite = new SqliteFixture(folder)) {
      assertThatTheHistoryIsCounted(sqlite);
    }
  }

  @Test
  void aDatabaseOfPostgresqlIsCountedAsWell() {
    String name = PostgresServer.newDatabase();
    Map<String, String> settings =
        Map.of(
            "STORAGE",
            "postgresql",
            "DATABASE_URL",
            PostgresServer.url(name),
            "DATABASE_USER",
            "postgres");
    assertThat(rebuild(settings)).isTrue();
    PostgresServer.execute(name, history("false"));
    PostgresServer.execute(name, "UPDATE statistics_state SET is_complete = false");

    assertThat(rebuild(settings)).isTrue();

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Statistics were counted anew from 0 runs that have ended.",
            "Statistics were counted anew from 7 runs that have ended.");
  }

  @Test
  void aFileThatARunningServiceOwnsIsRefused() throws Exception {
    try (var sqlite = new SqliteFixture(folder)) {
      assertThat(sqlite.database().isShared()).isFalse();
      assertThatExceptionOfType(InvalidSetting.class)
          .isThrownBy(() -> rebuild(sqlite()))
          .withMessageContaining("DATABASE_FILE");
    }
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> rebuild(sqlite(), "--now"))
        .withMessageContaining("--rebuild-statistics");
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> rebuild(Map.of("STORAGE", "memory")))
        .withMessageContaining("STORAGE");
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(
            () -> rebuild(Map.of("STORAGE", "postgresql", "DATABASE_JNDI", "java:comp/env/jdbc/x")))
        .withMessageContaining("DATABASE_URL");
  }
}
