package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HangUpIT {

  private static final int PATIENT = 8;
  private static final int WRITES_OF_EACH = 60;
  private static final int HANGING_UP = 8;
  private static final int HANG_UPS_OF_EACH = 60;

  @Test
  void clientsThatHangUpWhileTheirWritesAreQueuedHarmNobody(@TempDir Path folder) throws Exception {
    try (var process = ChronoTrackProcess.in(folder).start()) {
      ApiClient client = process.client();
      long job = client.createJob("for those who wait");
      long left = client.createJob("for those who hang up");

      List<Long> created = amidHangUps(process, job, left);

      assertThat(created).hasSize(PATIENT * WRITES_OF_EACH).doesNotHaveDuplicates();
      assertThat(idsIn(client, job)).containsExactlyInAnyOrderElementsOf(created);
      Map<String, Long> timesStored = timesStored(client, left);
      assertThat(timesStored.values()).containsOnly(1L);
      assertThat(sent()).containsAll(timesStored.keySet());
      assertThat(client.get("/health/ready").status()).isEqualTo(200);
      client.succeed(client.startRun(left));

      assertThat(process.stop()).as(process::output).isZero();
      assertThat(process.output()).doesNotContain("SEVERE").doesNotContain("Exception");
      StoredRuns.assertSound(process.databaseFile());
    }
  }

  /** The runs of those who waited for their answers, each of which said that it was created. */
  private static List<Long> amidHangUps(ChronoTrackProcess process, long job, long left)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PATIENT + HANGING_UP);
    try {
      List<Future<?>> hangingUp = new ArrayList<>();
      List<Future<List<Long>>> waiting = new ArrayList<>();
      for (int i = 0; i < HANGING_UP; i++) {
        int number = i;
        hangingUp.add(
            threads.submit(
                () -> {
                  hangUp(process.port(), left, number);
                  return null;
                }));
      }
      for (int i = 0; i < PATIENT; i++) {
        waiting.add(threads.submit(() -> write(process.client(), job)));
      }
      List<Long> created = new ArrayList<>();
      for (Future<List<Long>> client : waiting) {
        created.addAll(client.get());
      }
      for (Future<?> client : hangingUp) {
        client.get();
      }
      return created;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Long> write(ApiClient client, long job) {
    List<Long> created = new ArrayList<>();
    for (int i = 0; i < WRITES_OF_EACH; i++) {
      long run = client.startRun(job);
      client.succeed(run);
      created.add(run);
    }
    return created;
  }

  private static void hangUp(int port, long job, int client) throws IOException {
    for (int i = 0; i < HANG_UPS_OF_EACH; i++) {
      String body =
          object().add("metadata", object().add("sent", name(client, i))).build().toString();
      try (var connection = new RawConnection(port)) {
        connection.send(
            "POST /jobs/%d/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(job, body.length(), body));
      }
    }
  }

  private static String name(int client, int number) {
    return client + "-" + number;
  }

  private static List<String> sent() {
    return IntStream.range(0, HANGING_UP)
        .boxed()
        .flatMap(c -> IntStream.range(0, HANG_UPS_OF_EACH).mapToObj(i -> name(c, i)))
        .toList();
  }

  private static List<Long> idsIn(ApiClient client, long job) {
    return client.all("/jobs/" + job + "/runs").stream()
        .map(run -> run.getJsonNumber("id").longValue())
        .toList();
  }

  /** How often each of those is there that were left alone; asked when no more of them come. */
  private static Map<String, Long> timesStored(ApiClient client, long job) throws Exception {
    Eventually.until(
        "nothing more is written",
        Duration.ofSeconds(30),
        () -> {
          int before = idsIn(client, job).size();
          client.createJob("something between");
          return idsIn(client, job).size() == before;
        });
    return client.all("/jobs/" + job + "/runs").stream()
        .map(run -> run.getJsonObject("metadata"))
        .map((JsonObject metadata) -> metadata.getString("sent"))
        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
  }
}
