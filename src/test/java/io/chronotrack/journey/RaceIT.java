package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients want the same thing at the same moment. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class RaceIT {

  private static final List<String> ENDS = List.of("SUCCESS", "FAILED", "CANCELLED");

  private final ApiClient client;

  RaceIT(ApiClient client) {
    this.client = client;
  }

  @Test
  void ofThirtyTwoClientsThatCreateTheSameRunAllGetTheOneThatThereIs() throws Exception {
    long job = client.createJob("contested");

    List<Exchange> answers =
        atTheSameMoment(
            32,
            i ->
                client.post(
                    "/jobs/" + job + "/runs",
                    object().add("externalId", "night-1").add("status", "RUNNING").build()));

    List<JsonObject> runs = client.all("/jobs/" + job + "/runs");
    assertThat(runs).hasSize(1);
    assertThat(answers).extracting(Exchange::json).containsOnly(runs.get(0));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(31);
    assertThat(client.events(runs.get(0).getJsonNumber("id").longValueExact())).hasSize(1);
  }

  @Test
  void ofSixtyFourClientsThatFinishOneRunExactlyOneChangesIt() throws Exception {
    long run = client.startRun(client.createJob("contested"));
    Instant started = Instant.parse(client.run(run).getString("startedAt"));

    // Each tells another time of the end, so that no two of them say the same.
    List<Exchange> answers =
        atTheSameMoment(
            64,
            i ->
                client.patch(
                    "/runs/" + run,
                    object()
                        .add("status", ENDS.get(i % ENDS.size()))
                        .add("finishedAt", started.plusMillis(i).toString())
                        .add("errorMessage", "told by client " + i)
                        .build()));

    List<Exchange> winners = withStatus(200, answers);
    assertThat(winners).hasSize(1);
    assertThat(withStatus(409, answers)).hasSize(63).allSatisfy(Problems::assertThatItIsAProblem);
    assertThat(client.run(run)).isEqualTo(winners.get(0).json());
    assertThat(client.events(run))
        .extracting(event -> event.getString("type"))
        .containsExactly("CREATED", "STATUS_CHANGED");
  }

  @Test
  void sixtyFourClientsThatReportTheSameEndAllSucceedAndOneOfThemChangesTheRun() throws Exception {
    long run = client.startRun(client.createJob("contested"));

    List<Exchange> answers =
        atTheSameMoment(64, i -> client.patch("/runs/" + run, "{\"status\":\"SUCCESS\"}"));

    JsonObject now = client.run(run);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200))
        .allSatisfy(answer -> assertThat(answer.json()).isEqualTo(now))
        .allSatisfy(answer -> assertThat(answer.header("ETag")).isEqualTo("\"2\""));
    assertThat(client.events(run)).hasSize(2);
  }

  @Test
  void ofSixteenClientsThatSawOneVersionOneChangesItAndTheOthersAreTold() throws Exception {
    long job = client.createJob("contested");
    String seen = client.get("/jobs/" + job).header("ETag");

    List<Exchange> answers =
        atTheSameMoment(
            16,
            i ->
                client.patchIfMatch(
                    "/jobs/" + job, seen, object().add("name", "renamed by " + i).build()));

    assertThat(withStatus(200, answers)).hasSize(1);
    assertThat(withStatus(412, answers)).hasSize(15);
    assertThat(client.job(job)).isEqualTo(withStatus(200, answers).get(0).json());
  }

  @Test
  void clientsThatCreateAtTheSameMomentGetIdsOfTheirOwn() throws Exception {
    long job = client.createJob("contested");

    List<Exchange> answers = atTheSameMoment(32, i -> client.post("/jobs/" + job + "/runs", "{}"));

    assertThat(withStatus(201, answers)).hasSize(32);
    assertThat(answers).extracting(Exchange::id).doesNotHaveDuplicates();
    assertThat(client.all("/jobs/" + job + "/runs")).hasSize(32);
  }

  private static List<Exchange> atTheSameMoment(int clients, IntFunction<Exchange> request)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      var ready = new CountDownLatch(clients);
      List<Future<Exchange>> futures = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return request.apply(number);
                }));
      }
      List<Exchange> answers = new ArrayList<>();
      for (Future<Exchange> future : futures) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Exchange> withStatus(int status, List<Exchange> answers) {
    return answers.stream().filter(answer -> answer.status() == status).toList();
  }
}
