package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.PostgresServer;
import io.chronotrack.storage.SqliteDatabase;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation that outgrows its file, as its operator and its clients see it. */
class MovingOverIT {

  /** So many that a copy of them can be ended in its middle. */
  private static final int MANY_RUNS = 100_000;

  @TempDir Path folder;

  private final String database = PostgresServer.newDatabase();

  private ChronoTrackProcess onSqlite() throws Exception {
    return ChronoTrackProcess.in(folder).with("AUTH", "on");
  }

  /** Leads to both databases, as the commands need it. */
  private ChronoTrackProcess copying() throws Exception {
    return ChronoTrackProcess.in(Files.createDirectories(folder.resolve("copy")))
        .onPostgres(database)
        .with("DATABASE_FILE", folder.resolve("chronotrack.db").toString())
        .without("STORAGE");
  }

  private ChronoTrackProcess onPostgres() throws Exception {
    return ChronoTrackProcess.in(folder)
        .onPostgres(database)
        .with("AUTH", "on")
        .with("HASH_SECRET_FILE", folder.resolve("chronotrack.db.secret").toString());
  }

  private static String newKey(ChronoTrackProcess process) throws Exception {
    assertThat(process.runToItsEnd("--new-key")).isZero();
    return process.output().strip();
  }

  /** What clients of all kinds read. */
  private static List<JsonObject> everything(ApiClient system) {
    List<JsonObject> everything = new ArrayList<>();
    for (String path : List.of("/projects", "/jobs", "/runs", "/keys", "/audit")) {
      everything.addAll(system.all(path));
    }
    for (JsonObject run : system.all("/runs")) {
      everything.addAll(system.events(run.getJsonNumber("id").longValue()));
    }
    return everything;
  }

  private void assertThatACopyIsRefusedWhileTheServiceRuns() throws Exception {
    try (var copy = copying()) {
      assertThat(copy.runToItsEnd("--copy-to-postgresql")).isEqualTo(2);
      assertThat(copy.outputLines())
          .singleElement()
          .asString()
          .contains("DATABASE_FILE must be a file that no other process of ChronoTrack has open");
    }
  }

  @Test
  void everythingMovesToPostgresqlAndBack() throws Exception {
    String administrator;
    String reporter;
    long job;
    long finished;
    long running;
    Exchange once;
    List<JsonObject> before;
    try (var service = onSqlite()) {
      administrator = newKey(service);
      service.with("ADMIN_KEY", administrator).start();
      ApiClient system = service.client().withKey(administrator);
      reporter = system.issueKey("reporter");
      system.createProject("elsewhere");
      job = system.createJob(object().add("name", "nightly \uD83D\uDE80").add("type", "etl"));
      system.archive(system.createJob("retired"));
      finished = system.startRun(job);
      system.fail(finished, "disk full:\n\t\"/\"");
      running = system.startRun(job);
      once = system.createRunOnce(job, "night-1-key", object().add("externalId", "night-1"));
      before = everything(system);
      assertThatACopyIsRefusedWhileTheServiceRuns();
      assertThat(service.stop()).isZero();
    }

    try (var copy = copying()) {
      assertThat(copy.runToItsEnd("--copy-to-postgresql")).as(copy::output).isZero();
      assertThat(copy.output()).contains("The audit is intact", "The copy is complete");
    }

    List<JsonObject> moved;
    try (var service = onPostgres().start()) {
      ApiClient system = service.client().withKey(administrator);
      assertThat(everything(system)).isEqualTo(before);
      Exchange again =
          system.createRunOnce(job, "night-1-key", object().add("externalId", "night-1"));
      assertThat(again.body()).isEqualTo(once.body());

      // What was going on goes on, and new ids come behind the old ones.
      ApiClient machine = service.client().withKey(reporter);
      machine.succeed(running);
      assertThat(machine.startRun(job)).isEqualTo(once.id() + 1);
      assertThat(system.createJob("new")).isEqualTo(job + 2);
      moved = everything(system);
      assertThat(service.stop()).isZero();
    }

    Path back = folder.resolve("back.db");
    try (var copy = copying().with("DATABASE_FILE", back.toString())) {
      assertThat(copy.runToItsEnd("--copy-to-sqlite")).as(copy::output).isZero();
    }
    try (var service =
        onSqlite()
            .with("DATABASE_FILE", back.toString())
            .with("HASH_SECRET_FILE", folder.resolve("chronotrack.db.secret").toString())
            .start()) {
      ApiClient system = service.client().withKey(administrator);
      assertThat(everything(system)).isEqualTo(moved);
      assertThat(system.createJob("newer")).isEqualTo(job + 3);
      assertThat(system.run(finished).getString("errorMessage")).startsWith("disk full");
    }
  }

  @Test
  void aCopyThatIsKilledCannotBeUsedAndGoesOn() throws Exception {
    recordManyRuns(folder);

    try (var copy = copying()) {
      copy.launch("--copy-to-postgresql");
      Eventually.until(
          "the copy has begun", Duration.ofSeconds(60), () -> copiedRuns() > 0 || !copy.isAlive());
      copy.kill();
    }
    assertThat(copiedRuns()).isBetween(1L, MANY_RUNS - 1L);

    try (var service = onPostgres().with("AUTH", "off").without("HASH_SECRET_FILE")) {
      assertThat(service.runToItsEnd()).isEqualTo(2);
      assertThat(service.outputLines())
          .singleElement()
          .asString()
          .contains("DATABASE_URL must be a database that was copied to its end");
    }

    try (var copy = copying()) {
      assertThat(copy.runToItsEnd("--copy-to-postgresql")).as(copy::output).isZero();
      assertThat(copy.output())
          .contains("Going on with the copy", "job_runs: " + MANY_RUNS + " rows, the same");
    }
    assertThat(copiedRuns()).isEqualTo(MANY_RUNS);
  }

  private long copiedRuns() {
    boolean isThere =
        PostgresServer.query(database, "SELECT to_regclass('job_runs') IS NOT NULL").equals("t");
    return isThere
        ? Long.parseLong(PostgresServer.query(database, "SELECT count(*) FROM job_runs"))
        : 0;
  }

  private static void recordManyRuns(Path folder) throws SQLException {
    Path file = folder.resolve("chronotrack.db");
    // Makes the tables.
    SqliteDatabase.open(file).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO jobs SELECT 1, 1, 'many', NULL, NULL, 0, 5, 5, 1");
      statement.execute(
          "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < "
              + MANY_RUNS
              + ") INSERT INTO job_runs (id, project_id, job_id, status, metadata, created_at,"
              + " updated_at, version) SELECT n, 1, 1, 'PENDING', '{\"n\":' || n || '}',"
              + " 1769851800000 + n, 1769851800000 + n, 1 FROM numbers");
    }
  }
}
