package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.SideBySide;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not know whether their request was done, and send it again. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class IdempotencyIT {

  private static final JsonObject RUNNING = object().add("status", "RUNNING").build();

  private final ApiClient client;

  IdempotencyIT(ApiClient client) {
    this.client = client;
  }

  @Test
  void ofThirtyTwoRequestsWithOneKeyAtTheSameMomentOneCreatesARun() throws Exception {
    long job = client.createJob("uncertain");

    List<Exchange> answers =
        SideBySide.run(
            task -> new Thread(task, "client").start(),
            32,
            i -> keyed(client, "/jobs/" + job + "/runs", RUNNING, "\"one-of-us\""));

    List<JsonObject> runs = client.all("/jobs/" + job + "/runs");
    assertThat(runs).hasSize(1);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.status()).as(answer::toString).isEqualTo(201))
        .allSatisfy(answer -> assertThat(answer.json()).isEqualTo(runs.get(0)));
    assertThat(answers)
        .filteredOn(answer -> answer.header("Idempotent-Replayed").isEmpty())
        .hasSize(1);
    assertThat(client.events(runs.get(0).getJsonNumber("id").longValue())).hasSize(1);
  }

  @Test
  void manyReportersWithKeysOfTheirOwnEachGetTheirRunAndGetItAgain() throws Exception {
    long job = client.createJob("busy");
    String runs = "/jobs/" + job + "/runs";

    List<List<Exchange>> pairs =
        SideBySide.run(
            task -> new Thread(task, "client").start(),
            24,
            i ->
                List.of(
                    keyed(client, runs, RUNNING, "reporter-" + i),
                    keyed(client, runs, RUNNING, "reporter-" + i)));

    assertThat(pairs)
        .allSatisfy(
            pair -> {
              assertThat(pair.get(0).header("Idempotent-Replayed")).isEmpty();
              assertThatItIsRepeated(pair.get(1), pair.get(0));
            });
    assertThat(client.all(runs)).hasSize(24);
  }

  @Test
  void aRefusalInTheMiddleOfOthersIsKeptAndTheOthersAreCreated() throws Exception {
    long job = client.createJob("archived");
    long open = client.createJob("open");
    client.archive(job);

    List<Exchange> answers =
        SideBySide.run(
            task -> new Thread(task, "client").start(),
            24,
            i ->
                keyed(
                    client, "/jobs/" + (i % 2 == 0 ? job : open) + "/runs", RUNNING, "mixed-" + i));

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).status()).isEqualTo(i % 2 == 0 ? 409 : 201);
    }
    assertThat(client.all("/jobs/" + open + "/runs")).hasSize(12);
    assertThatItIsRepeated(
        keyed(client, "/jobs/" + job + "/runs", RUNNING, "mixed-0"), answers.get(0));
  }

  @Test
  void afterARestartTheFirstAnswerIsGivenStill(@TempDir Path folder) throws Exception {
    try (var process = ChronoTrackProcess.in(folder).start()) {
      long job = process.client().createJob("nightly");
      String path = "/jobs/" + job + "/runs";
      Exchange created = keyed(process.client(), path, RUNNING, "before-the-restart");
      Exchange refused = keyed(process.client(), "/jobs/99/runs", RUNNING, "refused");
      assertThat(created.status()).isEqualTo(201);
      assertThat(refused.status()).isEqualTo(404);
      process.end();

      process.start();

      // Answered as it was then, though the run has moved on.
      process.client().succeed(created.id());
      assertThatItIsRepeated(keyed(process.client(), path, RUNNING, "before-the-restart"), created);
      assertThatItIsRepeated(keyed(process.client(), "/jobs/99/runs", RUNNING, "refused"), refused);
      Exchange reused = keyed(process.client(), path, object().build(), "before-the-restart");
      assertThat(reused.status()).isEqualTo(422);
      Problems.assertThatItIsAProblem(reused);
      assertThat(process.client().all(path)).hasSize(1);
    }
  }

  private static void assertThatItIsRepeated(Exchange again, Exchange first) {
    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.contentType()).isEqualTo(first.contentType());
    assertThat(pathOf(again)).isEqualTo(pathOf(first));
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }

  /** Where the answer leads to; the port may be another one after a restart. */
  private static String pathOf(Exchange answer) {
    return answer.header("Location").replaceFirst("^http://[^/]*", "");
  }

  private static Exchange keyed(ApiClient client, String path, JsonObject body, String key) {
    return client.send(
        "POST",
        path,
        Map.of("Content-Type", ApiClient.JSON, "Idempotency-Key", key),
        ApiClient.bytes(body.toString()));
  }
}
