package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A reporter that collects what it has to tell, and tells it at once. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class BatchIT {

  private static final String BATCH = "/runs/batch";

  private final ApiClient client;

  /** For batches that have operations which the API document does not allow. */
  private final ApiClient careless;

  private long job;

  BatchIT(ApiClient client) {
    String project = client.createProject();
    this.client = client.inProject(project);
    this.careless = new ApiClient(client.address()).inProject(project);
  }

  @BeforeEach
  void recordSomething() {
    job = client.createJob("batch");
  }

  @Test
  void aThousandMixedOperationsAreEachAnsweredInTheirOrder() {
    long archived = client.createJob("archived");
    client.archive(archived);
    long old = client.startRun(job);
    JsonArrayBuilder operations = Json.createArrayBuilder();
    for (int i = 0; i < 200; i++) {
      operations
          .add(create(job, object().add("externalId", "n-" + i).add("status", "RUNNING")))
          .add(update("n-" + i, object().add("status", "SUCCESS")))
          .add(create(archived, object()))
          .add(update(old, object().add("metadata", object().add("n", i))))
          .add(update(old, object().add("status", "PENDING")));
    }

    List<JsonObject> results = results(client.post(BATCH, batch(operations)));

    assertThat(results).hasSize(1_000);
    for (int i = 0; i < 200; i++) {
      assertThat(results.subList(i * 5, i * 5 + 5))
          .extracting(result -> result.getInt("status"))
          .containsExactly(201, 200, 409, 200, 409);
      JsonObject success = results.get(i * 5 + 1).getJsonObject("body");
      assertThat(success.getString("externalId")).isEqualTo("n-" + i);
      assertThat(success.getString("status")).isEqualTo("SUCCESS");
      assertThat(results.get(i * 5 + 3).getJsonObject("body").getJsonObject("metadata").getInt("n"))
          .isEqualTo(i);
    }
    List<JsonObject> runs = client.all("/jobs/" + job + "/runs");
    assertThat(runs).hasSize(201);
    assertThat(client.all("/jobs/" + job + "/runs?status=SUCCESS")).hasSize(200);
    assertThat(client.events(runs.get(0).getJsonNumber("id").longValue())).hasSize(2);
    assertThat(client.events(old)).hasSize(201);
    assertThat(client.get("/runs/" + old).header("ETag")).isEqualTo("\"201\"");
    assertThat(client.all("/jobs/" + archived + "/runs")).isEmpty();
  }

  @Test
  void aBatchThatIsSentAgainFindsWhatItHasMade() {
    JsonArrayBuilder operations = Json.createArrayBuilder();
    for (int i = 0; i < 100; i++) {
      operations.add(create(job, object().add("externalId", "again-" + i)));
    }
    JsonObject batch = batch(operations);

    List<JsonObject> first = results(client.post(BATCH, batch));
    List<JsonObject> second = results(client.post(BATCH, batch));

    assertThat(first).allMatch(result -> result.getInt("status") == 201);
    assertThat(second).allMatch(result -> result.getInt("status") == 200);
    assertThat(second)
        .extracting(result -> result.get("body"))
        .isEqualTo(first.stream().map(result -> result.get("body")).toList());
    assertThat(client.all("/jobs/" + job + "/runs")).hasSize(100);
  }

  @Test
  void anAtomicBatchThatIsRefusedLeavesNothing() {
    long run = client.announceRun(job);
    List<JsonObject> before = client.everything();
    JsonArrayBuilder operations = Json.createArrayBuilder();
    for (int i = 0; i < 500; i++) {
      operations.add(create(job, object().add("externalId", "lost-" + i)));
    }
    operations.add(update(run, object().add("status", "RUNNING")));
    operations.add(update(run, object().add("status", "PENDING")));

    Exchange refused = client.post(BATCH + "?atomic=true", batch(operations));

    assertThat(refused.status()).isEqualTo(409);
    Problems.assertThatItIsAProblem(refused);
    assertThat(refused.json().getString("code")).isEqualTo("BATCH_REFUSED");
    List<JsonObject> results = refused.json().getJsonArray("results").getValuesAs(JsonObject.class);
    assertThat(results).hasSize(502);
    assertThat(results.subList(0, 501)).allMatch(result -> result.getInt("status") == 424);
    assertThat(results.get(501).getInt("status")).isEqualTo(409);
    assertThat(client.everything()).isEqualTo(before);
    assertThat(client.events(run)).hasSize(1);
  }

  @Test
  void anAtomicBatchWithoutARefusalIsStored() {
    JsonArrayBuilder operations =
        Json.createArrayBuilder()
            .add(create(job, object().add("externalId", "a")))
            .add(update("a", object().add("status", "RUNNING")));

    assertThat(results(client.post(BATCH + "?atomic=true", batch(operations)))).hasSize(2);
    assertThat(client.all("/jobs/" + job + "/runs"))
        .extracting(run -> run.getString("status"))
        .containsExactly("RUNNING");
  }

  @Test
  void moreThanAThousandOperationsAreRefusedAsAWhole() {
    List<JsonObject> before = client.everything();
    JsonArrayBuilder operations = Json.createArrayBuilder();
    for (int i = 0; i <= 1_000; i++) {
      operations.add(create(job, object()));
    }

    Exchange refused = careless.post(BATCH, batch(operations));

    assertThat(refused.status()).isEqualTo(400);
    Problems.assertThatItIsAProblem(refused);
    assertThat(refused.json().getString("detail"))
        .isEqualTo("/operations must be an array of 1 to 1000 objects");
    assertThat(client.everything()).isEqualTo(before);
  }

  @Test
  void aBatchMayHaveEightMebibytesAndNoMore() {
    JsonObjectBuilder metadata = object().add("text", "x".repeat(60_000));
    JsonObjectBuilder run = object().add("metadata", metadata);
    JsonObject operation = create(job, run).build();
    JsonArrayBuilder operations = Json.createArrayBuilder();
    for (int i = 0; i < 130; i++) {
      operations.add(operation);
    }
    JsonObject batch = batch(operations);

    List<JsonObject> results = results(client.post(BATCH, batch));

    assertThat(results).hasSize(130).allMatch(result -> result.getInt("status") == 201);
    Exchange refused = client.post(BATCH, batch + " ".repeat(1_000_000));
    assertThat(refused.status()).isEqualTo(413);
    Problems.assertThatItIsAProblem(refused);
    assertThat(client.all("/jobs/" + job + "/runs")).hasSize(130);
  }

  static Stream<Arguments> hostileShapes() {
    String value = "{\"a\":[1e999999999,-1e-999999999,null,true]}";
    return Stream.of(
        argumentSet("nothing", "{}"),
        argumentSet("no array", "{\"operations\":{}}"),
        argumentSet("an empty array", "{\"operations\":[]}"),
        argumentSet("null", "{\"operations\":null}"),
        argumentSet("an array around it", "[{\"operations\":[]}]"),
        argumentSet("numbers", "{\"operations\":[1,1e999999999,-0]}"),
        argumentSet("nulls", "{\"operations\":[null,null]}"),
        argumentSet("arrays", "{\"operations\":[[],[[]],[{}]]}"),
        argumentSet("empty objects", "{\"operations\":[{},{}]}"),
        argumentSet("an unknown member", "{\"operations\":[{}],\"x\":1}"),
        argumentSet("a member twice", "{\"operations\":[{}],\"operations\":[{}]}"),
        argumentSet("a member of an operation twice", "{\"operations\":[{\"op\":1,\"op\":1}]}"),
        argumentSet("op as object", operation("\"op\":{}")),
        argumentSet("op in upper case", operation("\"op\":\"CREATE\"")),
        argumentSet("a huge id", operation("\"op\":\"update\",\"runId\":1e999999999,\"patch\":{}")),
        argumentSet("a fraction", operation("\"op\":\"update\",\"runId\":0.5,\"patch\":{}")),
        argumentSet("a negative id", operation("\"op\":\"update\",\"runId\":-1,\"patch\":{}")),
        argumentSet("2^53", operation("\"op\":\"create\",\"jobId\":9007199254740992,\"run\":{}")),
        argumentSet("a run of values", operation("\"op\":\"create\",\"jobId\":1,\"run\":" + value)),
        argumentSet(
            "half of a surrogate pair",
            operation("\"op\":\"create\",\"jobId\":1,\"run\":{\"externalId\":\"\\ud800\"}")),
        argumentSet(
            "NUL as external id",
            operation("\"op\":\"update\",\"jobId\":1,\"externalId\":\"\\u0000\",\"patch\":{}")),
        argumentSet(
            "a long external id",
            operation(
                "\"op\":\"update\",\"jobId\":1,\"externalId\":\""
                    + "x".repeat(100_000)
                    + "\",\"patch\":{}")),
        argumentSet("names like code", operation("\"__proto__\":{},\"a/b~c\":1,\"\":2")),
        argumentSet("a million values", "{\"operations\":[" + "1,".repeat(1_000_000) + "1]}"),
        argumentSet("deep arrays", "{\"operations\":" + "[".repeat(100_000)),
        argumentSet("cut off", "{\"operations\":[{\"op\":\"create\""));
  }

  private static String operation(String members) {
    return "{\"operations\":[{" + members + "}]}";
  }

  @ParameterizedTest
  @MethodSource("hostileShapes")
  void whateverIsSentIsRefusedAsAWholeOrInItsOperations(String body) {
    List<JsonObject> before = client.everything();

    Exchange answer = careless.post(BATCH, body);

    assertThat(answer.status()).as(answer::toString).isIn(200, 400);
    if (answer.status() == 200) {
      assertThat(results(answer)).allMatch(result -> result.getInt("status") == 400);
    } else {
      Problems.assertThatItIsAProblem(answer);
    }
    Exchange atomic = careless.post(BATCH + "?atomic=true", body);
    assertThat(atomic.status()).as(atomic::toString).isIn(409, 400);
    Problems.assertThatItIsAProblem(atomic);
    assertThat(client.everything()).isEqualTo(before);
  }

  private static List<JsonObject> results(Exchange answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    return answer.json().getJsonArray("results").getValuesAs(JsonObject.class);
  }

  private static JsonObject batch(JsonArrayBuilder operations) {
    return object().add("operations", operations).build();
  }

  private static JsonObjectBuilder create(long job, JsonObjectBuilder run) {
    return object().add("op", "create").add("jobId", job).add("run", run);
  }

  private JsonObjectBuilder update(String externalId, JsonObjectBuilder patch) {
    return object()
        .add("op", "update")
        .add("jobId", job)
        .add("externalId", externalId)
        .add("patch", patch);
  }

  private static JsonObjectBuilder update(long run, JsonObjectBuilder patch) {
    return object().add("op", "update").add("runId", run).add("patch", patch);
  }
}
