package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullIT {

  private static final int MEGABYTES = 8;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** So many refusals in a row show that it is not only the larger writes that fail. */
  private static final int REFUSALS = 20;

  /** Long enough that the disk is full before the test is tired of writing. */
  private static final String OUTPUT = "x".repeat(2_000);

  private final List<Long> acknowledged = new ArrayList<>();
  private int refused;

  @Test
  void onAFullDiskWritesAreRefusedReadsGoOnAndWithRoomAgainWritesDoToo(@TempDir Path folder)
      throws Exception {
    try (var disk = SmallDisk.mountedOn(folder.resolve("disk"), MEGABYTES);
        var process = ChronoTrackProcess.in(folder)) {
      Path database = disk.folder().resolve("chronotrack.db");
      process.with("DATABASE_FILE", database.toString()).start();
      ApiClient client = process.client();
      long job = client.createJob("writes until the disk is full");
      for (int i = 0; i < 50; i++) {
        create(client, job);
      }

      disk.fill();
      writeUntilAllIsRefused(client, job);
      Eventually.until(
          "it says that it is not ready", SOON, () -> client.get("/health/ready").status() == 503);
      assertThat(client.get("/health/ready").body()).contains("DOWN");
      assertThat(client.get("/health/live").status()).isEqualTo(200);
      assertThatAllCanBeRead(client, job);

      disk.makeRoom();
      Eventually.until(
          "it is ready again", SOON, () -> client.get("/health/ready").status() == 200);
      int refusedBefore = refused;
      for (int i = 0; i < 50; i++) {
        create(client, job);
      }
      assertThat(refused).isEqualTo(refusedBefore);
      assertThatAllCanBeRead(client, job);

      assertThat(process.stop()).as(process::output).isZero();
      StoredRuns.assertSound(database);
    }
  }

  /** A run with its event, acknowledged or refused as it should be. */
  private boolean create(ApiClient client, long job) {
    Exchange answer =
        client.post(
            "/jobs/" + job + "/runs",
            object()
                .add("status", "RUNNING")
                .add("metadata", object().add("output", OUTPUT))
                .build());
    if (answer.status() == 201) {
      acknowledged.add(answer.id());
      return true;
    }
    assertThatItIsARefusal(answer);
    refused++;
    return false;
  }

  private static void assertThatItIsARefusal(Exchange answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(503);
    Problems.assertThatItIsAProblem(answer);
    assertThat(answer.header("Retry-After")).isEqualTo("2");
  }

  private void writeUntilAllIsRefused(ApiClient client, long job) {
    int inARow = 0;
    // The log's file may have room that it had already; more than the whole disk there is not.
    for (long written = 0; inARow < REFUSALS; written += OUTPUT.length()) {
      assertThat(written).isLessThan((2L * MEGABYTES) << 20);
      inARow = create(client, job) ? 0 : inARow + 1;
    }
  }

  private void assertThatAllCanBeRead(ApiClient client, long job) {
    List<Long> stored =
        client.all("/jobs/" + job + "/runs").stream()
            .map(run -> run.getJsonNumber("id").longValue())
            .toList();
    assertThat(stored).containsExactlyInAnyOrderElementsOf(acknowledged);
    long last = acknowledged.get(acknowledged.size() - 1);
    JsonObject run = client.run(last);
    assertThat(run.getJsonObject("metadata").getString("output")).isEqualTo(OUTPUT);
    assertThat(client.events(last)).hasSize(1);
  }
}
