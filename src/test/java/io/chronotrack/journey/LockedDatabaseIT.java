package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some other program holds the one write lock that a database file has. */
@OnEveryServer
class LockedDatabaseIT {

  @Test
  void writesAreRefusedReadsGoOnAndWithoutTheLockWritesDoToo(@TempDir Path folder)
      throws Exception {
    try (var process = ChronoTrackProcess.in(folder).start()) {
      ApiClient client = process.client();
      long run = client.startRun(client.createJob("import"));

      try (Connection other =
          DriverManager.getConnection("jdbc:sqlite:" + process.databaseFile())) {
        other.createStatement().execute("BEGIN IMMEDIATE");

        for (Exchange refused :
            List.of(
                client.patch("/runs/" + run, "{\"status\":\"SUCCESS\"}"),
                client.post("/jobs", "{\"name\":\"x\"}"))) {
          assertThat(refused.status()).as(refused::toString).isEqualTo(503);
          Problems.assertThatItIsAProblem(refused);
          assertThat(refused.json().getString("code")).isEqualTo("UNAVAILABLE");
          assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        }
        Exchange ready = client.get("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json().getString("status")).isEqualTo("DOWN");
        assertThat(client.get("/health/live").status()).isEqualTo(200);
        assertThat(client.run(run).getString("status")).isEqualTo("RUNNING");

        other.createStatement().execute("ROLLBACK");
      }
      Eventually.until(
          "it is ready again",
          Duration.ofSeconds(10),
          () -> client.get("/health/ready").status() == 200);
      assertThat(client.succeed(run).getString("status")).isEqualTo("SUCCESS");
      assertThat(client.events(run)).hasSize(2);
      assertThat(client.all("/jobs")).hasSize(1);
    }
  }
}
