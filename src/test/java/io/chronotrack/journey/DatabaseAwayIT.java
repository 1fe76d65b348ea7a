package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away and comes back, and nobody starts ChronoTrack anew. */
class DatabaseAwayIT {

  private static final Duration NOTICED = Duration.ofSeconds(10);

  /** Whoever is the first waits for 5 s and finds out; not even two do. */
  private static final Duration REFUSED = Duration.ofSeconds(9);

  private static final Duration RECOVERED = Duration.ofSeconds(20);

  @Test
  void withoutItsDatabaseItSaysSoAndAfterwardsItGoesOn(@TempDir Path folder) throws Exception {
    Path data = Files.createDirectory(folder.resolve("postgres"));
    int port = ChronoTrackProcess.freePort();
    EmbeddedPostgres database = start(data, port);
    try (var process =
        ChronoTrackProcess.in(Files.createDirectory(folder.resolve("chronotrack")))
            .with("STORAGE", "postgresql")
            .with("DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
            .with("DATABASE_USER", "postgres")
            .start()) {
      ApiClient client = process.client();
      long job = client.createJob("before");

      database.close();
      Eventually.until("it is not ready", NOTICED, () -> ready(client) == 503);
      long noticed = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        assertThatItIsUnavailable(client.post("/jobs", "{\"name\":\"lost\"}"));
        assertThatItIsUnavailable(client.get("/jobs/" + job));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - noticed)).isLessThan(REFUSED);
      assertThat(client.get("/health/live").status()).isEqualTo(200);

      database = start(data, port);
      Eventually.until("it is ready again", RECOVERED, () -> ready(client) == 200);
      assertThat(client.job(job).getString("name")).isEqualTo("before");
      assertThat(client.createJob("after")).isGreaterThan(job);
      assertThat(client.all("/jobs")).hasSize(2);
      assertThat(process.stop()).isZero();
    } finally {
      database.close();
    }
  }

  private static int ready(ApiClient client) {
    return client.get("/health/ready").status();
  }

  private static void assertThatItIsUnavailable(Exchange answer) {
    assertThat(answer.status()).isEqualTo(503);
    Problems.assertThatItIsAProblem(answer);
    assertThat(answer.header("Retry-After")).isEqualTo("2");
  }

  private static EmbeddedPostgres start(Path data, int port) throws IOException {
    return PostgresServer.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .start();
  }
}
