package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /runs/batch} in HTTP. */
class BatchResourceTest extends ResourceLayer {

  private static final String CREATE = "{'op':'create','jobId':1,'run':{}}";

  @BeforeEach
  void createJob() throws IOException, InterruptedException {
    createJob("{\"name\":\"ETL\"}");
  }

  private Answer batch(String... operations) throws IOException, InterruptedException {
    return post("runs/batch", body(operations));
  }

  private static String body(String... operations) {
    return ("{'operations':[" + String.join(",", operations) + "]}").replace('\'', '"');
  }

  private static List<JsonObject> results(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return results(answer.json());
  }

  private static List<JsonObject> results(JsonObject answer) {
    return answer.getJsonArray("results").getValuesAs(JsonObject.class);
  }

  private static List<Integer> statuses(List<JsonObject> results) {
    return results.stream().map(result -> result.getInt("status")).toList();
  }

  private JsonArray runs() throws IOException, InterruptedException {
    return get("runs").json().getJsonArray("items");
  }

  @Test
  void eachOperationIsAnsweredAsIfItWereAlone() throws Exception {
    List<JsonObject> results =
        results(
            batch(
                "{'op':'create','jobId':1,'run':{'externalId':'a','metadata':{'n':1}}}",
                "{'op':'update','jobId':1,'externalId':'a','patch':{'status':'RUNNING'}}",
                "{'op':'update','runId':1,'patch':{'status':'PENDING'}}",
                "{'op':'create','jobId':1,'run':{'externalId':'a'}}",
                "{'op':'update','runId':9,'patch':{}}"));

    assertThat(statuses(results)).containsExactly(201, 200, 409, 200, 404);
    assertThat(results.get(0).keySet()).containsExactly("status", "body");
    JsonObject created = results.get(0).getJsonObject("body");
    assertThat(created.getInt("id")).isEqualTo(1);
    assertThat(created.getString("status")).isEqualTo("PENDING");
    assertThat(created.isNull("startedAt")).isTrue();
    assertThat(created.getJsonObject("metadata").getInt("n")).isEqualTo(1);
    Answer run = get("runs/1");
    assertThat(results.get(3).getJsonObject("body")).isEqualTo(run.json());
    assertThat(run.header("ETag")).isEqualTo("\"2\"");
    JsonObject problem = results.get(2).getJsonObject("body");
    assertThat(problem.getString("type")).isEqualTo("/problems/illegal-transition");
    assertThat(problem.getString("instance")).isEqualTo("/runs/batch");
    assertThat(problem.getString("currentStatus")).isEqualTo("RUNNING");
    assertThat(problem.getInt("status")).isEqualTo(409);
  }

  @Test
  void theTraceOfTheRequestIsKeptOnAllRunsThatItCreates() throws Exception {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    Answer answer =
        send(
            "POST",
            "runs/batch",
            body(CREATE),
            "Content-Type",
            "application/json",
            "traceparent",
            trace);

    assertThat(results(answer).get(0).getJsonObject("body").getString("traceparent"))
        .isEqualTo(trace);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5                                                           | /operations/1",
        "null                                                        | /operations/1",
        "[]                                                          | /operations/1",
        "{}                                                          | /operations/1/op",
        "{'op':'delete','runId':1}                                   | /operations/1/op",
        "{'op':7}                                                    | /operations/1/op",
        "{'op':null}                                                 | /operations/1/op",
        "{'op':'create','run':{}}                                    | /operations/1/jobId",
        "{'op':'create','jobId':0,'run':{}}                          | /operations/1/jobId",
        "{'op':'create','jobId':1.5,'run':{}}                        | /operations/1/jobId",
        "{'op':'create','jobId':'1','run':{}}                        | /operations/1/jobId",
        "{'op':'create','jobId':1}                                   | /operations/1/run",
        "{'op':'create','jobId':1,'run':[]}                          | /operations/1/run",
        "{'op':'create','jobId':1,'run':null}                        | /operations/1/run",
        "{'op':'create','jobId':1,'run':{},'patch':{}}               | /operations/1/patch",
        "{'op':'create','jobId':1,'run':{'status':'DONE'}}           | /operations/1/run/status",
        "{'op':'create','jobId':1,'run':{'a/b':1}}                   | /operations/1/run/a~1b",
        "{'op':'create','jobId':1,'run':{'externalId':'too long 1'}} | /operations/1/run/externalId",
        "{'op':'update','patch':{}}                                  | /operations/1/runId",
        "{'op':'update','runId':null,'patch':{}}                     | /operations/1/runId",
        "{'op':'update','runId':1}                                   | /operations/1/patch",
        "{'op':'update','runId':1,'jobId':1,'patch':{}}              | /operations/1/jobId",
        "{'op':'update','jobId':1,'patch':{}}                        | /operations/1/externalId",
        "{'op':'update','externalId':'a','patch':{}}                 | /operations/1/jobId",
        "{'op':'update','runId':1,'patch':{'jobId':1}}               | /operations/1/patch/jobId",
        "{'op':'update','runId':1,'patch':{'finishedAt':'now'}}      | /operations/1/patch/finishedAt",
        "{'op':'update','runId':1,'patch':{'startedAt':'2020-01-01T00:00:00Z'}} | /operations/1/patch/startedAt",
        "{'op':'create','jobId':1,'run':{'status':'RUNNING','startedAt':'2999-01-01T00:00:00Z'}} | /operations/1/run/startedAt"
      })
  void whatIsWrongInOneOperationIsToldWithItsPlaceAndDoesNotHarmTheOthers(
      String operation, String pointer) throws Exception {
    List<JsonObject> results = results(batch(CREATE, operation, CREATE));

    assertThat(statuses(results)).containsExactly(201, 400, 201);
    JsonObject problem = results.get(1).getJsonObject("body");
    assertThat(problem.getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(problem.getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(error -> error.getString("pointer"))
        .containsExactly(pointer);
    assertThat(runs()).hasSize(2);
  }

  @Test
  void everythingThatIsWrongInAnOperationIsToldAtOnce() throws Exception {
    List<JsonObject> results =
        results(batch("{'op':'create','run':{'status':1,'metadata':[],'x':1},'jobId':-1,'y':2}"));

    assertThat(
            results.get(0).getJsonObject("body").getJsonArray("errors").stream()
                .map(error -> error.asJsonObject().getString("pointer")))
        .containsExactlyInAnyOrder(
            "/operations/0/run/status",
            "/operations/0/run/metadata",
            "/operations/0/run/x",
            "/operations/0/jobId",
            "/operations/0/y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'operations':null}",
        "{'operations':{}}",
        "{'operations':'x'}",
        "{'operations':[]}",
        "{'operations':[{},{},{},{},{},{}]}",
        "{'operations':[{}],'atomic':true}"
      })
  void whatConcernsTheWholeRefusesTheWhole(String body) throws Exception {
    Answer answer = post("runs/batch", body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(runs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"atomic=yes", "atomic=", "atomic=true&atomic=true", "atom=true"})
  void aBadParameterRefusesTheWhole(String query) throws Exception {
    assertThat(post("runs/batch?" + query, body(CREATE)).status()).isEqualTo(400);
    assertThat(runs()).isEmpty();
  }

  @Test
  void aBatchMayBeLargerThanAnotherBodyButNotLargerThanABatch() throws Exception {
    String body = body(CREATE);
    String padded = body + " ".repeat(LIMITS.batchBytes() - body.length());

    assertThat(LIMITS.batchBytes()).isGreaterThan(LIMITS.bodyBytes());
    assertThat(post("runs/batch", padded).status()).isEqualTo(200);
    Answer tooLarge = post("runs/batch", padded + " ");
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.json().getString("detail"))
        .isEqualTo("A body must not have more than 4000 bytes.");
    assertThat(post("jobs/1/runs", "{}" + " ".repeat(LIMITS.bodyBytes())).status()).isEqualTo(413);
  }

  @Test
  void anAtomicBatchThatIsRefusedTellsOfEachOperationAndChangesNothing() throws Exception {
    Answer answer =
        post(
            "runs/batch?atomic=true",
            body(CREATE, "{'op':'update','runId':9,'patch':{}}", "{'op':'create'}"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = answer.json();
    assertThat(problem.getString("code")).isEqualTo("BATCH_REFUSED");
    assertThat(problem.getString("detail"))
        .isEqualTo("2 of the 3 operations were refused. Nothing was changed.");
    assertThat(statuses(results(problem))).containsExactly(424, 404, 400);
    JsonObject notApplied = results(problem).get(0).getJsonObject("body");
    assertThat(notApplied.getString("code")).isEqualTo("NOT_APPLIED");
    assertThat(notApplied.getString("type")).isEqualTo("/problems/not-applied");
    assertThat(notApplied.getString("instance")).isEqualTo("/runs/batch");
    assertThat(results(problem).get(2).getJsonObject("body").getJsonArray("errors")).hasSize(2);
    assertThat(runs()).isEmpty();
  }

  @Test
  void anAtomicBatchWithoutRefusalsIsAnsweredLikeAnyOther() throws Exception {
    Answer answer = post("runs/batch?atomic=true", body(CREATE, CREATE));

    assertThat(statuses(results(answer))).containsExactly(201, 201);
    assertThat(runs()).hasSize(2);
  }

  @Test
  void aCredentialInTheWrongPlaceIsNotShown() throws Exception {
    String key = "ct_0123456789_" + "a".repeat(36);
    Answer answer = batch("{'op':'create','jobId':1,'run':{'" + key + "':1}}");

    assertThat(statuses(results(answer))).containsExactly(400);
    assertThat(answer.body()).contains("[redacted]").doesNotContain("aaaaaaaa");
  }

  @Test
  void aBatchHasAsManyOperationsAsAllowed() throws Exception {
    String[] most = Collections.nCopies(LIMITS.batchOperations(), CREATE).toArray(String[]::new);

    assertThat(results(batch(most))).hasSize(LIMITS.batchOperations());
  }

  @Test
  void onlyAPostIsAnswered() throws Exception {
    Answer answer = get("runs/batch");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow").split("\\s*,\\s*"))
        .containsExactlyInAnyOrder("OPTIONS", "POST");
  }

  @Test
  void aBatchNeedsTheRoleOfWhoReportsRuns() throws Exception {
    assertThat(postAs(SampleCallers.with(Role.VIEWER), "runs/batch", body(CREATE)).status())
        .isEqualTo(403);
    assertThat(postAs(SampleCallers.with(Role.REPORTER), "runs/batch", body(CREATE)).status())
        .isEqualTo(200);
  }
}
