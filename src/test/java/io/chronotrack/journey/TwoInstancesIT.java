package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.PostgresServer;
import io.chronotrack.storage.SideBySide;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, started at the same moment on one database that was empty. */
@NullUnmarked // JUnit fills the fields.
class TwoInstancesIT {

  private static final Pattern KEY = Pattern.compile("ct_[0-9A-Za-z]{10}_[0-9A-Za-z]{36}");

  /** What is changed on one instance is seen on the others by then. */
  private static final Duration SEEN_EVERYWHERE = Duration.ofSeconds(5);

  private static final JsonObject RUNNING = object().add("status", "RUNNING").build();

  private static String database;
  private static List<ChronoTrackProcess> instances;
  private static String administrator;
  private static List<ApiClient> clients;

  @BeforeAll
  static void startBothAtOnce(@TempDir Path folder) throws Exception {
    database = PostgresServer.newDatabase();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      instances =
          SideBySide.run(
              threads,
              2,
              i -> {
                try {
                  return ChronoTrackProcess.in(
                          Files.createDirectory(folder.resolve("instance" + i)))
                      .onPostgres(database)
                      .with("AUTH", "on")
                      .with("HASH_SECRET", "the-same-secret-for-both-instances")
                      .start();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
    } finally {
      threads.shutdownNow();
    }
    List<String> told = new ArrayList<>();
    instances.forEach(
        instance -> KEY.matcher(instance.output()).results().forEach(key -> told.add(key.group())));
    assertThat(told).as("keys that were told").hasSize(1);
    administrator = told.get(0);
    clients = instances.stream().map(instance -> instance.client().withKey(administrator)).toList();
  }

  @AfterAll
  static void stop() {
    instances.forEach(ChronoTrackProcess::close);
  }

  private static ApiClient client(int number) {
    return clients.get(number % clients.size());
  }

  private static List<Exchange> atTheSameMoment(int times, IntFunction<Exchange> request)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      return SideBySide.run(threads, times, request);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Exchange> withStatus(int status, List<Exchange> answers) {
    return answers.stream().filter(answer -> answer.status() == status).toList();
  }

  @Test
  void whatOneHasStoredTheOtherHasAtOnce() {
    long job = client(0).createJob("shared");
    long run = client(1).startRun(job);
    assertThat(client(0).run(run)).isEqualTo(client(1).run(run));
    client(0).succeed(run);
    assertThat(client(1).run(run).getString("status")).isEqualTo("SUCCESS");
    assertThat(client(1).events(run)).hasSize(2);
  }

  @Test
  void ofSixtyFourClientsThatFinishOneRunExactlyOneChangesIt() throws Exception {
    long run = client(0).startRun(client(1).createJob("contested"));
    Instant started = Instant.parse(client(0).run(run).getString("startedAt"));

    // Each tells another time of the end, so that no two of them say the same.
    List<Exchange> answers =
        atTheSameMoment(
            64,
            i ->
                client(i)
                    .patch(
                        "/runs/" + run,
                        object()
                            .add("status", i % 3 == 0 ? "FAILED" : "SUCCESS")
                            .add("finishedAt", started.plusMillis(i).toString())
                            .add("errorMessage", "told by client " + i)
                            .build()));

    assertThat(withStatus(200, answers)).hasSize(1);
    assertThat(withStatus(409, answers)).hasSize(63).allSatisfy(Problems::assertThatItIsAProblem);
    assertThat(client(0).run(run)).isEqualTo(withStatus(200, answers).get(0).json());
    assertThat(client(1).events(run)).hasSize(2);
  }

  @Test
  void manyThatAmendOneRunTakeTurnsAndNoneIsLost() throws Exception {
    long run = client(0).startRun(client(0).createJob("amended"));

    List<Exchange> answers =
        atTheSameMoment(
            40,
            i ->
                client(i)
                    .patch(
                        "/runs/" + run,
                        object().add("metadata", Json.createObjectBuilder().add("by", i)).build()));

    assertThat(answers).extracting(Exchange::status).containsOnly(200);
    assertThat(client(0).events(run)).hasSize(41);
  }

  @Test
  void ofThoseThatSawOneVersionOneChangesItAndTheOthersAreTold() throws Exception {
    long job = client(0).createJob("contested");
    String seen = client(1).get("/jobs/" + job).header("ETag");

    List<Exchange> answers =
        atTheSameMoment(
            16,
            i ->
                client(i)
                    .patchIfMatch("/jobs/" + job, seen, object().add("name", "by " + i).build()));

    assertThat(withStatus(200, answers)).hasSize(1);
    assertThat(withStatus(412, answers)).hasSize(15);
  }

  @Test
  void aRequestThatIsRepeatedOnBothIsDoneOnce() throws Exception {
    long job = client(0).createJob("repeated");

    List<Exchange> answers =
        atTheSameMoment(16, i -> client(i).postOnce("/jobs/" + job + "/runs", "once-" + job, "{}"));

    assertThat(answers).extracting(Exchange::status).containsOnly(201);
    assertThat(answers.stream().map(Exchange::id).distinct()).hasSize(1);
    assertThat(client(0).all("/jobs/" + job + "/runs")).hasSize(1);
  }

  @Test
  void theAuditOfBothIsOneChain(@TempDir Path folder) throws Exception {
    atTheSameMoment(16, i -> client(i).post("/jobs", object().add("name", "audited " + i).build()));
    try (var tool = ChronoTrackProcess.in(folder).onPostgres(database)) {
      assertThat(tool.runToItsEnd("--verify-audit")).as(tool::output).isZero();
      assertThat(tool.outputLines()).singleElement().asString().contains("The audit is intact");
    }
  }

  @Test
  void idsAreGivenOutOnce() throws Exception {
    long job = client(0).createJob("counted");

    List<Exchange> answers =
        atTheSameMoment(64, i -> client(i).post("/jobs/" + job + "/runs", "{}"));

    assertThat(withStatus(201, answers)).hasSize(64);
    assertThat(answers).extracting(Exchange::id).doesNotHaveDuplicates();
  }

  @Test
  void aCursorOfOneIsGoodOnTheOther() {
    long job = client(0).createJob("long list");
    for (int i = 0; i < 5; i++) {
      client(i).startRun(job);
    }
    List<JsonObject> whole = client(0).all("/jobs/" + job + "/runs");
    List<JsonObject> found = new ArrayList<>();
    String page = "/jobs/" + job + "/runs?limit=2";
    String next = page;
    for (int i = 0; i < 3; i++) {
      JsonObject answer = client(i).get(next).json();
      found.addAll(answer.getJsonArray("items").getValuesAs(JsonObject.class));
      next = page + "&cursor=" + answer.getString("nextCursor", "");
    }
    assertThat(found).isEqualTo(whole).hasSize(5);
  }

  @Test
  void aStreamOfOneTellsWhatBothHaveStoredAndGoesOnAtTheOther() throws Exception {
    long job = client(0).createJob("followed");
    String ofJob = "?jobId=" + job;
    String last;
    try (FollowedRuns stream = client(0).follow(ofJob)) {
      List<Long> runs =
          atTheSameMoment(32, i -> client(i).post("/jobs/" + job + "/runs", "{}")).stream()
              .map(Exchange::id)
              .toList();
      assertThat(stream.next(32))
          .extracting(FollowedRuns.Event::runId)
          .containsExactlyInAnyOrderElementsOf(runs);
      atTheSameMoment(32, i -> client(i + 1).patch("/runs/" + runs.get(i), RUNNING));
      List<FollowedRuns.Event> changed = stream.next(20);
      assertThat(changed)
          .extracting(event -> event.run().getString("status"))
          .containsOnly("RUNNING");
      last = changed.get(19).id();
    }
    try (FollowedRuns stream = client(1).follow(ofJob, last)) {
      assertThat(stream.next(12)).extracting(FollowedRuns.Event::name).containsOnly("changed");
      long run = client(0).startRun(job);
      assertThat(stream.next().runId()).isEqualTo(run);
    }
  }

  @Test
  void aKeyOfOneWorksOnTheOtherAndEndsThereAsWell() throws Exception {
    Exchange issued =
        client(0)
            .post("/keys", object().add("name", "short-lived").add("role", "reporter").build());
    assertThat(issued.status()).isEqualTo(201);
    ApiClient holder = instances.get(1).client().withKey(issued.json().getString("key"));

    Eventually.until("the key works", SEEN_EVERYWHERE, () -> holder.get("/whoami").status() == 200);
    assertThat(client(0).delete("/keys/" + issued.id()).status()).isLessThan(300);
    Eventually.until(
        "the key has ended", SEEN_EVERYWHERE, () -> holder.get("/whoami").status() == 401);
  }
}
