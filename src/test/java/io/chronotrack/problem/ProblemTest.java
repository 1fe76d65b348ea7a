package io.chronotrack.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

  private static JsonObject parse(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  @Test
  void aRefusalBecomesAProblemOfRfc9457() {
    assertThat(Problem.of(new NotFound("job", 17), "/jobs/17").toJson("/"))
        .isEqualTo(
            "{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"status\":404,"
                + "\"detail\":\"There is no job 17.\",\"instance\":\"/jobs/17\","
                + "\"code\":\"NOT_FOUND\"}");
  }

  @Test
  void theTypeIsBelowTheRootOfTheApplication() {
    assertThat(parse(Problem.ofStatus(404, "/ct/x").toJson("/ct/")).getString("type"))
        .isEqualTo("/ct/problems/not-found");
  }

  @Test
  void aValidationNamesEverythingThatIsWrong() {
    var refusal =
        new ValidationFailed(
            List.of(
                Violation.ofMember("name", "must not be blank"),
                Violation.ofParameter("limit", "must be a whole number from 1"),
                Violation.ofHeader("If-Match", "must be * or a list")));
    JsonObject problem = parse(Problem.of(refusal, "/jobs").toJson("/"));
    assertThat(problem.getInt("status")).isEqualTo(400);
    assertThat(problem.getString("detail"))
        .isEqualTo(
            "/name must not be blank; limit must be a whole number from 1;"
                + " If-Match must be * or a list");
    assertThat(problem.getJsonArray("errors"))
        .hasToString(
            "[{\"pointer\":\"/name\",\"detail\":\"must not be blank\"},"
                + "{\"parameter\":\"limit\",\"detail\":\"must be a whole number from 1\"},"
                + "{\"header\":\"If-Match\",\"detail\":\"must be * or a list\"}]");
  }

  /** It would open every library of the application, for each error anew. */
  @Test
  void isWrittenWithoutASearchForAProviderOfJson() {
    var problem = Problem.of(new NotFound("job", 17), "/jobs/17");
    problem.toJson("/");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    var searches = new ArrayList<String>();
    thread.setContextClassLoader(
        new ClassLoader(before) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            searches.add(name);
            return super.getResources(name);
          }
        });
    try {
      problem.toJson("/");
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(searches).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_REQUEST",
    "401, UNAUTHORIZED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, METHOD_NOT_ALLOWED",
    "406, NOT_ACCEPTABLE",
    "408, REQUEST_TIMEOUT",
    "413, BODY_TOO_LARGE",
    "414, BAD_REQUEST",
    "415, UNSUPPORTED_MEDIA_TYPE",
    "429, RATE_LIMITED",
    "431, BAD_REQUEST",
    "500, INTERNAL_ERROR",
    "501, METHOD_NOT_ALLOWED",
    "503, UNAVAILABLE",
    "505, INTERNAL_ERROR"
  })
  void aRefusalByTheServerKeepsItsStatus(int status, ErrorCode code) {
    JsonObject problem = parse(Problem.ofStatus(status, "/x").toJson("/"));
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("code")).isEqualTo(code.name());
    assertThat(problem.getString("detail")).isEqualTo(code.explanation());
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemHasAllStandardMembers(ErrorCode code) {
    var problem = new Problem(code, Problem.statusOf(code), null, "/x", Map.of());
    assertThat(parse(problem.toJson("/")).keySet())
        .containsExactly("type", "title", "status", "detail", "instance", "code");
  }

  @Test
  void textOfAClientIsEscaped() {
    JsonObject problem =
        parse(Problem.of(new NotFound("a\"b\\c\n\0</script>"), "/%22").toJson("/"));
    assertThat(problem.getString("detail")).isEqualTo("a\"b\\c\n\0</script>");
  }
}
