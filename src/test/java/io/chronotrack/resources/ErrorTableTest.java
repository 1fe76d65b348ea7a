package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.problem.ErrorCode;
import io.chronotrack.problem.Problem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the error table that a client can cause, each with all that the problem tells. */
class ErrorTableTest extends ResourceLayer {

  private static final Caller OF_ARCHIVED_PROJECT = SampleCallers.inArchivedProject(Role.SYSTEM);
  private static final Caller OF_JOB_1 = SampleCallers.ofJobs(Role.SYSTEM, 1L);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"name\":}",
        "[]",
        "\"Daily ETL\"",
        "null",
        "{\"name\":\"a\"} {}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{'name':'a'}",
        "{\"name\":\"a\",}"
      })
  void aBodyThatIsNotOneJsonObjectIs400(String body) throws Exception {
    assertProblem(post("jobs", body), ErrorCode.MALFORMED_JSON, "/jobs");
    assertThat(get("jobs").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void anEmptyBodyIs400() throws Exception {
    assertProblem(post("jobs", ""), ErrorCode.MALFORMED_JSON, "/jobs");
  }

  @ParameterizedTest
  @CsvSource({"POST, /jobs", "PATCH, /jobs/1", "POST, /jobs/1/runs", "PATCH, /runs/1"})
  void noBodyAtAllIs400(String method, String path) throws Exception {
    createRun(createJob("{\"name\":\"a\"}"), "{}");
    assertProblem(sendWithoutBody(method, path), ErrorCode.MALFORMED_JSON, path);
  }

  @Test
  void everythingThatIsWrongWithABodyIsToldAtOnce() throws Exception {
    Answer answer =
        post("jobs", "{\"name\":\"  \",\"type\":7,\"descripton\":\"x\",\"id\":1,\"a/b~\":null}");

    assertProblem(answer, ErrorCode.VALIDATION_FAILED, "/jobs");
    assertThat(answer.json().getJsonArray("errors"))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                object("{'pointer':'/name','detail':'must not be blank'}"),
                object("{'pointer':'/type','detail':'must be a string'}"),
                object("{'pointer':'/descripton','detail':'is not a member that can be set here'}"),
                object("{'pointer':'/id','detail':'is not a member that can be set here'}"),
                object("{'pointer':'/a~1b~0','detail':'is not a member that can be set here'}")));
    assertThat(answer.json().getString("detail")).contains("/name", "/type", "/descripton", "/id");
    assertThat(get("jobs").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void everythingThatIsWrongWithAQueryIsToldAtOnce() throws Exception {
    Answer answer = get("jobs?limit=0&archived=yes&cursor=x&nmae=a");

    assertProblem(answer, ErrorCode.VALIDATION_FAILED, "/jobs");
    assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(error -> error.getString("parameter"))
        .containsExactlyInAnyOrder("limit", "archived", "cursor", "nmae");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "abc", "1.0", "01", "99999999999999999999", "9007199254740992"})
  void anIdThatIsNoneIs400(String id) throws Exception {
    for (String path : List.of("/jobs/" + id, "/runs/" + id, "/jobs/" + id + "/runs")) {
      Answer answer = get(path);
      assertProblem(answer, ErrorCode.VALIDATION_FAILED, path);
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
          .isEqualTo("id");
    }
  }

  @Test
  void aHeaderThatIsNoEntityTagIs400() throws Exception {
    createJob("{\"name\":\"a\"}");
    Answer read = get("jobs/1", "If-None-Match", "one");
    Answer change = patch("jobs/1", "{}", "If-Match", "\"1\" \"2\"");

    assertProblem(read, ErrorCode.VALIDATION_FAILED, "/jobs/1");
    assertThat(read.body()).contains("\"header\":\"If-None-Match\"");
    assertProblem(change, ErrorCode.VALIDATION_FAILED, "/jobs/1");
    assertThat(change.body()).contains("\"header\":\"If-Match\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs/42",
        "/jobs/42/runs",
        "/runs/42",
        "/runs/42/events",
        "/jobs/9007199254740991",
        "/problems/nothing",
        "/nothing"
      })
  void whatIsNotThereIs404(String path) throws Exception {
    assertProblem(get(path, "Accept", "*/*"), ErrorCode.NOT_FOUND, path);
  }

  @Test
  void aChangeOfWhatIsNotThereIs404() throws Exception {
    assertProblem(patch("jobs/42", "{}"), ErrorCode.NOT_FOUND, "/jobs/42");
    assertProblem(patch("runs/42", "{}"), ErrorCode.NOT_FOUND, "/runs/42");
    assertProblem(post("jobs/42/runs", "{}"), ErrorCode.NOT_FOUND, "/jobs/42/runs");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /jobs, GET HEAD OPTIONS POST",
    "PUT, /jobs/1, GET HEAD OPTIONS PATCH",
    "DELETE, /runs/1, GET HEAD OPTIONS PATCH",
    "POST, /runs, GET HEAD OPTIONS",
    "POST, /runs/1/events, GET HEAD OPTIONS",
  })
  void aMethodThatAPathDoesNotHaveIs405AndToldWhichItHas(String method, String path, String allowed)
      throws Exception {
    Answer answer = sendWithoutBody(method, path);

    assertProblem(answer, ErrorCode.METHOD_NOT_ALLOWED, path);
    assertThat(answer.header("Allow").split("\\s*,\\s*"))
        .containsExactlyInAnyOrder(allowed.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"/jobs, text/html", "/jobs/1, application/xml", "/problems, application/json"})
  void aClientThatAcceptsNothingThatCanBeProducedIs406(String path, String accepted)
      throws Exception {
    assertProblem(get(path, "Accept", accepted), ErrorCode.NOT_ACCEPTABLE, path);
  }

  @Test
  void aTransitionThatIsNotAllowedIs409AndTellsWhatIs() throws Exception {
    createRun(createJob("{\"name\":\"a\"}"), "{}");

    Answer answer = patch("runs/1", "{\"status\":\"SUCCESS\"}");

    assertProblem(answer, ErrorCode.ILLEGAL_TRANSITION, "/runs/1");
    assertThat(answer.json().getString("currentStatus")).isEqualTo("PENDING");
    assertThat(answer.json().getString("requestedStatus")).isEqualTo("SUCCESS");
    assertThat(answer.json().getJsonArray("allowed"))
        .containsExactlyInAnyOrder(Json.createValue("RUNNING"), Json.createValue("CANCELLED"));
    assertThat(get("runs/1").json().getString("status")).isEqualTo("PENDING");
  }

  @Test
  void aNewRunOfAnArchivedJobIs409() throws Exception {
    createJob("{\"name\":\"a\"}");
    patch("jobs/1", "{\"archived\":true}");

    assertProblem(post("jobs/1/runs", "{}"), ErrorCode.JOB_ARCHIVED, "/jobs/1/runs");
    assertThat(get("jobs/1/runs").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void aRequestWithoutACredentialIs401AndToldHowToShowOne() throws Exception {
    for (String path : List.of("/jobs", "/jobs/1", "/jobs/1/runs", "/runs", "/runs/1/events")) {
      Answer answer = getAs(null, path);
      assertProblem(answer, ErrorCode.UNAUTHORIZED, path);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"ChronoTrack\"");
    }
  }

  @Test
  void whatIsPublicNeedsNoCredential() throws Exception {
    for (String path : List.of("", "problems", "problems/not-found")) {
      assertThat(getAs(null, path).status()).as(path).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /jobs, REPORTER",
    "PATCH, /jobs/1, REPORTER",
    "POST, /jobs/1/runs, VIEWER",
    "PATCH, /runs/1, VIEWER"
  })
  void aRoleThatIsNotEnoughIs403(String method, String path, Role role) throws Exception {
    createRun(createJob("{\"name\":\"a\"}"), "{}");
    Caller caller = SampleCallers.with(role);

    Answer answer =
        method.equals("POST")
            ? postAs(caller, path, "{\"name\":\"b\"}")
            : patchAs(caller, path, "{}");

    assertProblem(answer, ErrorCode.FORBIDDEN, path);
    assertThat(answer.json().getString("detail")).contains("the role " + role.roleName());
    assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
    assertThat(get("jobs").json().getJsonArray("items")).hasSize(1);
    assertThat(get("runs").json().getJsonArray("items")).hasSize(1);
  }

  @Test
  void whatACredentialIsNarrowedToIsAllThatItAllows() throws Exception {
    createJob("{\"name\":\"a\"}");
    Caller reader = SampleCallers.narrowedTo(Only.READ, Role.ADMIN);
    Caller reporter = SampleCallers.narrowedTo(Only.REPORT, Role.ADMIN);

    assertThat(getAs(reader, "jobs/1").status()).isEqualTo(200);
    assertProblem(postAs(reader, "/jobs/1/runs", "{}"), ErrorCode.FORBIDDEN, "/jobs/1/runs");
    assertProblem(patchAs(reader, "/jobs/1", "{}"), ErrorCode.FORBIDDEN, "/jobs/1");
    assertThat(postAs(reporter, "jobs/1/runs", "{}").status()).isEqualTo(201);
    assertThat(patchAs(reporter, "runs/1", "{\"status\":\"RUNNING\"}").status()).isEqualTo(200);
    assertProblem(getAs(reporter, "/runs/1"), ErrorCode.FORBIDDEN, "/runs/1");
    assertProblem(patchAs(reporter, "/jobs/1", "{}"), ErrorCode.FORBIDDEN, "/jobs/1");
  }

  @Test
  void anythingNewInAnArchivedProjectIs409() throws Exception {
    createRun(createJob("{\"name\":\"a\"}"), "{\"status\":\"RUNNING\"}");

    assertProblem(
        postAs(OF_ARCHIVED_PROJECT, "jobs", "{\"name\":\"b\"}"),
        ErrorCode.PROJECT_ARCHIVED,
        "/jobs");
    assertProblem(
        postAs(OF_ARCHIVED_PROJECT, "jobs/1/runs", "{}"),
        ErrorCode.PROJECT_ARCHIVED,
        "/jobs/1/runs");
    assertThat(patchAs(OF_ARCHIVED_PROJECT, "runs/1", "{\"status\":\"SUCCESS\"}").status())
        .isEqualTo(200);
  }

  @Test
  void aNewJobOfACredentialForCertainJobsIs403() throws Exception {
    assertProblem(postAs(OF_JOB_1, "jobs", "{\"name\":\"b\"}"), ErrorCode.FORBIDDEN, "/jobs");
    assertThat(get("jobs").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void aChangeOfAnotherVersionIs412() throws Exception {
    createRun(createJob("{\"name\":\"a\"}"), "{}");

    for (String path : List.of("/jobs/1", "/runs/1")) {
      for (String tag : List.of("\"2\"", "W/\"1\"", "\"abc\"")) {
        Answer answer = patch(path, "{}", "If-Match", tag);
        assertProblem(answer, ErrorCode.VERSION_MISMATCH, path);
      }
      assertThat(get(path).header("ETag")).isEqualTo("\"1\"");
    }
  }

  @Test
  void aBodyThatIsTooLargeIs413() throws Exception {
    String body = "{\"name\":\"a\",\"description\":\"" + "x".repeat(LIMITS.bodyBytes()) + "\"}";

    Answer answer = post("jobs", body);

    assertProblem(answer, ErrorCode.BODY_TOO_LARGE, "/jobs");
    assertThat(answer.json().getString("detail"))
        .isEqualTo("A body must not have more than 2000 bytes.");
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() throws Exception {
    String start = "{\"name\":\"a\"}";
    String body = start + " ".repeat(LIMITS.bodyBytes() - start.length());

    assertThat(post("jobs", body).status()).isEqualTo(201);
    assertThat(post("jobs", body + " ").status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  void aContentTypeThatIsNotReadIs415(String contentType) throws Exception {
    Answer answer = send("POST", "/jobs", "{\"name\":\"a\"}", "Content-Type", contentType);

    assertProblem(answer, ErrorCode.UNSUPPORTED_MEDIA_TYPE, "/jobs");
    assertThat(answer.header("Accept-Patch")).isEmpty();
  }

  @Test
  void aMergePatchIsNotReadByAPost() throws Exception {
    assertProblem(
        send("POST", "/jobs", "{}", "Content-Type", "application/merge-patch+json"),
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        "/jobs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/1", "/runs/1"})
  void aPatchOfATypeThatIsNotReadIs415AndToldWhichAre(String path) throws Exception {
    Answer answer = send("PATCH", path, "[]", "Content-Type", "application/json-patch+json");

    assertProblem(answer, ErrorCode.UNSUPPORTED_MEDIA_TYPE, path);
    assertThat(answer.header("Accept-Patch").split("\\s*,\\s*"))
        .containsExactlyInAnyOrder("application/merge-patch+json", "application/json");
  }

  @Test
  void theTypeOfEveryProblemLeadsToAPage() throws Exception {
    Answer list = get("problems");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.header("Content-Type")).startsWith("text/html");
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(list.body()).contains("problems/" + code.slug(), code.title());
      Answer page = get("problems/" + code.slug());
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains(code.name(), code.title(), code.explanation());
    }
  }

  private static JsonObject object(String json) {
    try (var reader = Json.createReader(new StringReader(json.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static void assertProblem(Answer answer, ErrorCode code, String path) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(Problem.statusOf(code));
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = answer.json();
    assertThat(problem.getString("type")).isEqualTo("/problems/" + code.slug());
    assertThat(problem.getString("title")).isEqualTo(code.title());
    assertThat(problem.getInt("status")).isEqualTo(Problem.statusOf(code));
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(problem.getString("instance")).isEqualTo(path);
    assertThat(problem.getString("code")).isEqualTo(code.name());
  }
}
