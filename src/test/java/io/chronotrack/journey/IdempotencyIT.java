package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.SideBySide;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that do not know whether their request was done, and send it again. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class IdempotencyIT {

  private static final String RUNNING = "{\"status\":\"RUNNING\"}";

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
            i -> client.postOnce("/jobs/" + job + "/runs", "\"one-of-us\"", RUNNING));

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
                    client.postOnce(runs, "reporter-" + i, RUNNING),
                    client.postOnce(runs, "reporter-" + i, RUNNING)));

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
                client.postOnce(
                    "/jobs/" + (i % 2 == 0 ? job : open) + "/runs", "mixed-" + i, RUNNING));

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).status()).isEqualTo(i % 2 == 0 ? 409 : 201);
    }
    assertThat(client.all("/jobs/" + open + "/runs")).hasSize(12);
    assertThatItIsRepeated(
        client.postOnce("/jobs/" + job + "/runs", "mixed-0", RUNNING), answers.get(0));
  }

  static void assertThatItIsRepeated(Exchange again, Exchange first) {
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
}
