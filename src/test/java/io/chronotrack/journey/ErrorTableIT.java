package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table of errors, as a client meets it. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class ErrorTableIT {

  private final ApiClient client;
  private long job;
  private long run;

  ErrorTableIT(ApiClient client) {
    this.client = client.inNewProject();
  }

  @BeforeEach
  void recordSomething() {
    job = client.createJob("import");
    run = client.startRun(job);
  }

  @Test
  void malformedJsonIsA400() {
    assertThatItIsRefused(400, "MALFORMED_JSON", () -> client.post("/jobs", "{\"name\":"));
  }

  @Test
  void allBrokenRulesAreToldAtOnce() {
    Exchange refused =
        assertThatItIsRefused(
            400,
            "VALIDATION_FAILED",
            () -> client.post("/jobs", "{\"name\":\" \",\"type\":7,\"nmae\":\"x\",\"id\":1}"));

    assertThat(errors(refused, "pointer"))
        .containsExactlyInAnyOrder("/name", "/type", "/nmae", "/id");
  }

  @Test
  void aBadParameterIsA400ThatNamesIt() {
    Exchange refused =
        assertThatItIsRefused(
            400, "VALIDATION_FAILED", () -> client.get("/jobs?limit=0&archived=maybe&colour=red"));

    assertThat(errors(refused, "parameter"))
        .containsExactlyInAnyOrder("limit", "archived", "colour");
  }

  @Test
  void aBadHeaderIsA400ThatNamesIt() {
    Exchange refused =
        assertThatItIsRefused(
            400,
            "VALIDATION_FAILED",
            () ->
                client.patchIfMatch(
                    "/jobs/" + job, "no tag", object().add("archived", true).build()));

    assertThat(errors(refused, "header")).containsExactly("If-Match");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":\"SUCCESS\",\"finishedAt\":\"2020-01-01T00:00:00Z\"}  | /finishedAt",
        "{\"status\":\"SUCCESS\",\"finishedAt\":\"2999-01-01T00:00:00Z\"}  | /finishedAt",
        "{\"startedAt\":\"2020-01-01T00:00:00Z\"}                          | /startedAt"
      })
  void timesThatCannotBeAreA400(String patch, String pointer) {
    Exchange refused =
        assertThatItIsRefused(400, "VALIDATION_FAILED", () -> client.patch("/runs/" + run, patch));

    assertThat(errors(refused, "pointer")).containsExactly(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs/9007199254740991",
        "/jobs/9007199254740991/runs",
        "/runs/9007199254740991",
        "/runs/9007199254740991/events",
        "/nothing/here",
        "/jobs/1/nothing",
        "/problems/no-such-problem",
        "/index.html",
        "/.error"
      })
  void whatDoesNotExistIsA404(String path) {
    assertThatItIsRefused(404, "NOT_FOUND", () -> client.get(path));
  }

  @Test
  void aRunOfNoJobIsA404() {
    assertThatItIsRefused(404, "NOT_FOUND", () -> client.post("/jobs/9007199254740991/runs", "{}"));
  }

  @Test
  void anotherMethodIsA405ThatTellsWhichOnesThereAre() {
    Exchange ofCollection =
        assertThatItIsRefused(405, "METHOD_NOT_ALLOWED", () -> client.send("DELETE", "/jobs"));
    Exchange ofOne =
        assertThatItIsRefused(405, "METHOD_NOT_ALLOWED", () -> client.send("PUT", "/runs/" + run));

    assertThat(methods(ofCollection)).containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS", "POST");
    assertThat(methods(ofOne)).containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS", "PATCH");
  }

  @Test
  void whoAcceptsNothingThatWeHaveGetsA406() {
    assertThatItIsRefused(
        406, "NOT_ACCEPTABLE", () -> client.get("/jobs/" + job, "Accept", "image/png"));
  }

  @Test
  void anIllegalTransitionIsA409ThatTellsWhatIsLegal() {
    Exchange refused =
        assertThatItIsRefused(
            409,
            "ILLEGAL_TRANSITION",
            () -> client.patch("/runs/" + run, "{\"status\":\"PENDING\"}"));

    assertThat(refused.json().getString("currentStatus")).isEqualTo("RUNNING");
    assertThat(refused.json().getString("requestedStatus")).isEqualTo("PENDING");
    assertThat(refused.json().getJsonArray("allowed").getValuesAs(JsonString::getString))
        .containsExactlyInAnyOrder("SUCCESS", "FAILED", "CANCELLED");
  }

  @Test
  void aNewRunOfAnArchivedJobIsA409() {
    client.archive(job);

    assertThatItIsRefused(409, "JOB_ARCHIVED", () -> client.post("/jobs/" + job + "/runs", "{}"));
  }

  @Test
  void anotherVersionIsA412() {
    assertThatItIsRefused(
        412,
        "VERSION_MISMATCH",
        () ->
            client.patchIfMatch(
                "/runs/" + run, "\"999\"", object().add("status", "SUCCESS").build()));
  }

  @Test
  void aBodyThatIsTooLargeIsA413() {
    String large = object().add("name", "x".repeat(10 * 1024 * 1024)).build().toString();

    assertThatItIsRefused(413, "BODY_TOO_LARGE", () -> client.post("/jobs", large));
  }

  @Test
  void anotherContentTypeIsA415AndPatchTellsTheRightOnes() {
    byte[] body = ApiClient.bytes("{\"name\":\"x\"}");
    Map<String, String> xml = Map.of("Content-Type", "application/xml");

    assertThatItIsRefused(
        415, "UNSUPPORTED_MEDIA_TYPE", () -> client.send("POST", "/jobs", xml, body));
    Exchange patch =
        assertThatItIsRefused(
            415, "UNSUPPORTED_MEDIA_TYPE", () -> client.send("PATCH", "/jobs/" + job, xml, body));

    assertThat(patch.header("Accept-Patch")).contains(ApiClient.MERGE_PATCH, ApiClient.JSON);
  }

  @Test
  void aKeyThatComesAgainWithAnotherBodyIsA422() {
    assertThatItIsRefused(
        400,
        "VALIDATION_FAILED",
        () -> client.postOnce("/jobs", "of run " + run, "{\"name\":\"x\"}"));

    client.postOnce("/jobs", "of-run-" + run, "{\"name\":\"x\"}");
    assertThatItIsRefused(
        422,
        "IDEMPOTENCY_KEY_REUSED",
        () -> client.postOnce("/jobs", "of-run-" + run, "{\"name\":\"y\"}"));
  }

  private Exchange assertThatItIsRefused(int status, String code, Supplier<Exchange> request) {
    List<JsonObject> before = client.everything();
    Exchange refused = request.get();

    assertThat(refused.status()).as(refused::toString).isEqualTo(status);
    Problems.assertThatItIsAProblem(refused);
    assertThat(refused.json().getString("code")).isEqualTo(code);
    Exchange page = client.get(refused.json().getString("type"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.body()).contains(code, refused.json().getString("title"));
    assertThat(client.everything()).isEqualTo(before);
    return refused;
  }

  private static List<String> errors(Exchange refused, String place) {
    return refused.json().getJsonArray("errors").getValuesAs(JsonObject.class).stream()
        .map(error -> error.getString(place))
        .toList();
  }

  private static List<String> methods(Exchange refused) {
    return List.of(refused.header("Allow").split(",\\s*"));
  }
}
