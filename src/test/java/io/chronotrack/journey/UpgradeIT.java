package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of the first release, which knew no projects and no keys. */
class UpgradeIT {

  private static final String THE_DAY = "?from=2026-01-31T00:00:00Z&to=2026-02-01T00:00:00Z";

  private static final List<String> ROWS =
      List.of(
          "INSERT INTO jobs VALUES (1, 'nightly', NULL, 'etl', 0, 1769851800001, 1769851800001, 1)",
          "INSERT INTO jobs VALUES (2, 'retired', 'old', NULL, 1, 1769851800002, 1769851900000, 2)",
          "INSERT INTO job_runs VALUES (1, 1, 'SUCCESS', 1769851800003, 1769851800010, NULL,"
              + " '{\"rows\":3}', NULL, 1769851800003, 1769851800010, 2)",
          "INSERT INTO job_runs VALUES (2, 1, 'RUNNING', 1769851800004, NULL, NULL, NULL, NULL,"
              + " 1769851800004, 1769851800004, 1)",
          "INSERT INTO job_runs VALUES (3, 2, 'FAILED', 1769851800005, 1769851800006, 'disk full',"
              + " NULL, NULL, 1769851800005, 1769851800006, 1)",
          "INSERT INTO run_events VALUES (1, 1, 'CREATED', NULL, 'RUNNING', '', 1769851800003,"
              + " 1769851800003)",
          "INSERT INTO run_events VALUES (1, 2, 'STATUS_CHANGED', 'RUNNING', 'SUCCESS',"
              + " 'status,finishedAt', 1769851800010, 1769851800010)",
          "INSERT INTO run_events VALUES (2, 1, 'CREATED', NULL, 'RUNNING', '', 1769851800004,"
              + " 1769851800004)",
          "INSERT INTO run_events VALUES (3, 1, 'CREATED', NULL, 'FAILED', '', 1769851800006,"
              + " 1769851800005)");

  @Test
  void whatTheFirstReleaseStoredIsInTheDefaultProjectAndGoesOn(@TempDir Path folder)
      throws Exception {
    try (var process = ChronoTrackProcess.in(folder).with("AUTH", "on")) {
      assertThat(process.runToItsEnd("--new-key")).isZero();
      String key = process.output().strip();
      makeFirstRelease(process.databaseFile());

      process.with("ADMIN_KEY", key).start();
      ApiClient system = process.client().withKey(key);

      assertThat(system.get("/whoami").json().getString("project")).isEqualTo("default");
      assertThat(system.all("/jobs")).extracting(UpgradeIT::id).containsExactly(2L, 1L);
      assertThat(system.all("/runs")).extracting(UpgradeIT::id).containsExactly(3L, 2L, 1L);
      assertThat(system.job(2).getString("description")).isEqualTo("old");
      assertThat(system.job(2).getBoolean("archived")).isTrue();
      assertThat(system.run(1).getJsonObject("metadata").getInt("rows")).isEqualTo(3);
      assertThat(system.run(1).getString("finishedAt")).isEqualTo("2026-01-31T09:30:00.010Z");
      assertThat(system.run(3).getString("errorMessage")).isEqualTo("disk full");
      assertThat(system.events(1)).hasSize(2);
      assertThat(system.all("/jobs/1/runs?status=RUNNING")).hasSize(1);
      assertThat(system.get("/jobs/1").header("ETag")).isEqualTo("\"1\"");

      // It was counted before the first request.
      JsonObject day = total(system, "/stats" + THE_DAY);
      assertThat(day.getJsonObject("runs").getInt("success")).isEqualTo(1);
      assertThat(day.getJsonObject("runs").getInt("failed")).isEqualTo(1);
      assertThat(total(system, "/jobs/1/stats" + THE_DAY).getJsonObject("duration").getInt("maxMs"))
          .isEqualTo(7);

      // New things go on where the first release ended, and other projects see nothing of it.
      system.succeed(2);
      assertThat(system.createJob("new")).isEqualTo(3);
      assertThat(system.startRun(3)).isEqualTo(4);
      ApiClient elsewhere = system.inProject(system.createProject("elsewhere"));
      assertThat(elsewhere.everything()).isEmpty();
      assertThat(elsewhere.get("/runs/1").status()).isEqualTo(404);
      assertThat(process.stop()).isZero();

      assertThat(process.runToItsEnd("--verify-audit")).as(process::output).isZero();
      assertThat(process.runToItsEnd("--rebuild-statistics")).as(process::output).isZero();
      assertThat(process.output())
          .contains("Statistics were counted anew from 3 runs that have ended.");
    }
  }

  private static JsonObject total(ApiClient client, String path) {
    return client.get(path).json().getJsonObject("total");
  }

  private static long id(JsonObject thing) {
    return thing.getJsonNumber("id").longValue();
  }

  /** As the first release made it: its mark, its migration, its journal. */
  private static void makeFirstRelease(Path file) throws SQLException {
    String url = "jdbc:sqlite:" + file;
    execute(url, List.of("PRAGMA journal_mode = WAL", "PRAGMA application_id = 0x4368546B"));
    Flyway.configure(UpgradeIT.class.getClassLoader())
        .dataSource(url, null, null)
        .locations("classpath:db/migration/sqlite")
        .table("schema_history")
        .target("1")
        .load()
        .migrate();
    execute(url, ROWS);
  }

  private static void execute(String url, List<String> sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }
}
