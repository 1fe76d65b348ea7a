package io.chronotrack.journey;

import static io.chronotrack.journey.IdempotencyIT.assertThatItIsRepeated;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {

  private static final String RUNNING = "{\"status\":\"RUNNING\"}";

  private static final String BODY = "{\"name\":\"sent while the service was stopping\"}";

  @Test
  void aRestartInTheMiddleLosesNothingAndTheStoryGoesOn(@TempDir Path folder) throws Exception {
    try (var process = ChronoTrackProcess.in(folder).start()) {
      ApiClient client = process.client();
      long job = client.createJob("nightly backup");
      long ended = client.startRun(job);
      client.fail(ended, "disk full");
      long running = client.startRun(job);
      String tag = client.get("/runs/" + ended).header("ETag");
      String runs = "/jobs/" + job + "/runs";
      Exchange created = client.postOnce(runs, "before-the-restart", RUNNING);
      Exchange refused = client.postOnce("/jobs/99/runs", "refused", RUNNING);
      assertThat(created.status()).isEqualTo(201);
      assertThat(refused.status()).isEqualTo(404);
      List<JsonObject> before = client.everything();
      List<JsonObject> events = client.events(ended);

      assertThatItStopsWhileItFinishesWhatIsInFlight(process);
      assertThatTheDatabaseIsOneFile(process.databaseFile());

      process.start();
      List<JsonObject> after = client.everything();
      assertThat(after).containsAll(before).hasSize(before.size() + 1);
      assertThat(after.get(0).getString("name")).isEqualTo("sent while the service was stopping");
      assertThat(client.events(ended)).isEqualTo(events);
      assertThat(client.get("/runs/" + ended, "If-None-Match", tag).status()).isEqualTo(304);

      // Answered as it was then, though the run has moved on.
      client.succeed(created.id());
      assertThatItIsRepeated(client.postOnce(runs, "before-the-restart", RUNNING), created);
      assertThatItIsRepeated(client.postOnce("/jobs/99/runs", "refused", RUNNING), refused);
      Exchange reused = client.postOnce(runs, "before-the-restart", "{}");
      assertThat(reused.status()).isEqualTo(422);
      Problems.assertThatItIsAProblem(reused);

      assertThat(client.createJob("after the restart")).isEqualTo(job + 2);
      assertThat(client.startRun(job)).isEqualTo(created.id() + 1);
      assertThat(client.succeed(running).getString("status")).isEqualTo("SUCCESS");
      assertThat(process.stop()).isZero();
    }
  }

  private static void assertThatItStopsWhileItFinishesWhatIsInFlight(ChronoTrackProcess process)
      throws Exception {
    int half = BODY.length() / 2;
    try (var slow = new RawConnection(process.port())) {
      slow.send(
          "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: %d\r\nExpect: 100-continue\r\n\r\n".formatted(BODY.length()));
      assertThat(slow.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
      slow.send(BODY.substring(0, half));
      // The server says 100 before the application hears of the request, which is in flight only
      // when the application waits for the rest of its body.
      Eventually.until(
          "the application reads the body",
          Duration.ofSeconds(5),
          () -> process.threads().contains("io.chronotrack.http.JsonBodyReader.readFrom("));

      long told = System.nanoTime();
      process.tellToStop();
      Eventually.until(
          "it says that it stops",
          Duration.ofSeconds(5),
          () -> process.output().contains("Stopping"));
      slow.send(BODY.substring(half));

      assertThat(slow.readUntil("}")).startsWith("HTTP/1.1 201");
      assertThat(process.awaitEnd()).as(process::output).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static void assertThatTheDatabaseIsOneFile(Path database) throws Exception {
    Path log = database.resolveSibling(database.getFileName() + "-wal");
    assertThat(database).isNotEmptyFile();
    assertThat(Files.notExists(log) || Files.size(log) == 0).isTrue();
  }
}
