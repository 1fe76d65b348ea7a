package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever somebody sends: a 4xx that is a problem, never a 500, never a page of HTML, and nothing
 * has changed.
 */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class HostileInputIT {

  private final String project;
  private final ApiClient client;
  private final ChronoTrackProcess process;
  private long job;
  private long run;
  private List<JsonObject> before;

  HostileInputIT(ApiClient client, ChronoTrackProcess process) {
    this.project = client.createProject();
    this.client = client.inProject(project);
    this.process = process;
  }

  @BeforeEach
  void recordSomething() {
    job = client.createJob("import");
    run = client.startRun(job);
    before = client.everything();
  }

  static Stream<Arguments> bodiesThatAreNoJson() {
    return Stream.of(
        argumentSet("nothing", ""),
        argumentSet("a blank", " "),
        argumentSet("cut off", "{\"name\":\"x\""),
        argumentSet("not quoted", "{name:\"x\"}"),
        argumentSet("single quotes", "{'name':'x'}"),
        argumentSet("a comma too many", "{\"name\":\"x\",}"),
        argumentSet("a comment", "{/* */\"name\":\"x\"}"),
        argumentSet("something behind it", "{\"name\":\"x\"} x"),
        argumentSet("another object behind it", "{\"name\":\"x\"}{\"name\":\"y\"}"),
        argumentSet("a closing brace behind it", "{\"name\":\"x\"}}"),
        argumentSet("a member given twice", "{\"name\":\"x\",\"name\":\"y\"}"),
        argumentSet("an array", "[{\"name\":\"x\"}]"),
        argumentSet("a string", "\"x\""),
        argumentSet("a number", "7"),
        argumentSet("null", "null"),
        argumentSet("a form", "name=x"),
        argumentSet("XML", "<?xml version=\"1.0\"?><name>x</name>"),
        argumentSet("a byte order mark", "\uFEFF{\"name\":\"x\"}"),
        argumentSet("a NUL in a string", "{\"name\":\"a\u0000b\"}"),
        argumentSet("a line break in a string", "{\"name\":\"a\nb\"}"),
        argumentSet("half of an escape", "{\"name\":\"\\u12\"}"),
        argumentSet("not a number", "{\"name\":NaN}"),
        argumentSet("deep arrays", "{\"metadata\":" + "[".repeat(100_000)),
        argumentSet("deep objects", "{\"metadata\":" + "{\"a\":".repeat(100_000)));
  }

  @ParameterizedTest
  @MethodSource("bodiesThatAreNoJson")
  void whatIsNoJsonObjectIsRefused(String body) {
    for (Exchange refused :
        List.of(
            client.post("/jobs", body),
            client.patch("/jobs/" + job, body),
            client.post("/jobs/" + job + "/runs", body),
            client.patch("/runs/" + run, body))) {
      assertThatItIsRefused(refused);
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":null}",
        "{\"name\":\"\"}",
        "{\"name\":\"   \"}",
        "{\"name\":\"\\u2003\\t\"}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"a\\nb\"}",
        "{\"name\":\"\\ud83d\"}",
        "{\"name\":7}",
        "{\"name\":true}",
        "{\"name\":[\"x\"]}",
        "{\"name\":{\"a\":\"x\"}}",
        "{\"name\":\"x\",\"description\":7}",
        "{\"name\":\"x\",\"description\":\"a\\u0000b\"}",
        "{\"name\":\"x\",\"type\":\"\"}",
        "{\"name\":\"x\",\"type\":[]}",
        "{\"name\":\"x\",\"archived\":true}",
        "{\"name\":\"x\",\"id\":1}",
        "{\"name\":\"x\",\"createdAt\":\"2026-01-01T00:00:00Z\"}",
        "{\"name\":\"x\",\"version\":1}",
        "{\"name\":\"x\",\"Name\":\"y\"}",
        "{\"name\":\"x\",\"\":1}",
        "{\"name\":\"x\",\"a/b~c\":1}",
        "{\"name\":\"x\",\"__proto__\":{}}"
      })
  void aJobThatBreaksARuleIsRefused(String body) {
    assertThatItIsRefused(client.post("/jobs", body));
  }

  @Test
  void aNameThatIsTooLongIsRefusedAndLengthIsCountedInCharacters() {
    assertThatItIsRefused(client.post("/jobs", "{\"name\":\"" + "😀".repeat(201) + "\"}"));

    String longest = "😀".repeat(200);
    assertThat(client.job(client.createJob(longest)).getString("name")).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":null}",
        "{\"name\":\" \"}",
        "{\"archived\":null}",
        "{\"archived\":\"true\"}",
        "{\"archived\":1}",
        "{\"id\":1}",
        "{\"nmae\":\"x\"}"
      })
  void aPatchOfAJobThatBreaksARuleIsRefused(String body) {
    assertThatItIsRefused(client.patch("/jobs/" + job, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"DONE\"}",
        "{\"status\":\"success\"}",
        "{\"status\":null}",
        "{\"status\":1}",
        "{\"status\":\"PENDING\"}",
        "{\"status\":\"SUCCESS\",\"finishedAt\":\"yesterday\"}",
        "{\"status\":\"SUCCESS\",\"finishedAt\":1700000000000}",
        "{\"status\":\"SUCCESS\",\"finishedAt\":\"2026-02-31T00:00:00Z\"}",
        "{\"status\":\"SUCCESS\",\"finishedAt\":\"2026-01-01T00:00:00\"}",
        "{\"status\":\"SUCCESS\",\"finishedAt\":\"+999999999-01-01T00:00:00Z\"}",
        "{\"status\":\"SUCCESS\",\"finishedAt\":\"9999-12-31T23:59:59Z\"}",
        "{\"status\":\"SUCCESS\",\"startedAt\":\"2020-01-01T00:00:00Z\"}",
        "{\"finishedAt\":\"2026-01-01T00:00:00Z\"}",
        "{\"errorMessage\":7}",
        "{\"metadata\":[]}",
        "{\"metadata\":\"text\"}",
        "{\"metadata\":{\"a\":\"\\udc00\"}}",
        "{\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}",
        "{\"jobId\":1}",
        "{\"durationMs\":1}",
        "{\"createdAt\":\"2026-01-01T00:00:00Z\"}"
      })
  void aPatchOfARunThatBreaksARuleIsRefused(String body) {
    assertThatItIsRefused(client.patch("/runs/" + run, body));
  }

  @Test
  void metadataThatIsTooLargeOrTooDeepIsRefused() {
    assertThatItIsRefused(
        client.patch("/runs/" + run, "{\"metadata\":{\"a\":\"" + "x".repeat(70_000) + "\"}}"));
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    assertThatItIsRefused(client.patch("/runs/" + run, "{\"metadata\":" + deep + "}"));
    assertThatItIsRefused(client.post("/jobs/" + job + "/runs", "{\"metadata\":" + deep + "}"));
  }

  @Test
  void numbersOfAnySizeInMetadataAreNoDefect() {
    for (String number : List.of("1e999999999", "-1e-999999999", "9".repeat(60_000), "1E400")) {
      Exchange answer = client.patch("/runs/" + run, "{\"metadata\":{\"n\":" + number + "}}");
      assertThat(answer.status()).as(answer::toString).isIn(200, 400);
      assertThat(client.get("/runs/" + run).status()).isEqualTo(200);
      assertThat(client.get("/runs/" + run + "/events").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "99999999999999999999",
        "9007199254740992",
        "abc",
        "1.0",
        "1e3",
        "01",
        "+1",
        "%201",
        "%F0%9F%98%80",
        "null",
        "1'%20OR%20'1'='1"
      })
  void whatIsNoIdIsRefused(String id) {
    for (String path : List.of("/jobs/" + id, "/runs/" + id)) {
      assertThatItIsRefused(client.get(path));
      assertThatItIsRefused(client.patch(path, "{}"));
    }
    assertThatItIsRefused(client.get("/jobs/" + id + "/runs"));
    assertThatItIsRefused(client.post("/jobs/" + id + "/runs", "{}"));
    assertThatItIsRefused(client.get("/runs/" + id + "/events"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=abc",
        "limit=1.5",
        "limit=",
        "limit",
        "limit=1&limit=2",
        "limit=%F0%9F%98%80",
        "cursor=",
        "cursor=abc",
        "cursor=%00",
        "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "cursor=%F0%9F%98%80",
        "status=DONE",
        "status=failed",
        "status=,",
        "status=",
        "unknown=1",
        "%F0%9F%98%80=1",
        "a=b=c",
        "LIMIT=5",
        "select%20*%20from%20jobs=1"
      })
  void aQueryThatMakesNoSenseIsRefused(String query) {
    for (String path : List.of("/runs", "/jobs/" + job + "/runs")) {
      assertThatItIsRefused(client.get(path + "?" + query));
    }
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    client.startRun(job);
    long other = client.createJob("another");
    before = client.everything();
    String runs = "/jobs/" + job + "/runs";
    String cursor = ApiClient.cursorIn(client.page(runs, 1, Optional.empty())).orElseThrow();

    assertThat(client.get(runs + "?cursor=" + cursor).status()).isEqualTo(200);
    for (String path :
        List.of(
            "/runs?cursor=" + cursor,
            "/jobs?cursor=" + cursor,
            runs + "?status=RUNNING&cursor=" + cursor,
            "/jobs/" + other + "/runs?cursor=" + cursor,
            "/runs/" + run + "/events?cursor=" + cursor,
            runs + "?cursor=" + cursor + "A",
            runs + "?cursor=" + cursor.substring(1))) {
      assertThatItIsRefused(client.get(path));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PROPFIND", "BREW", "post", "COPY"})
  void aMethodThatIsNotThereIsRefused(String method) {
    for (String path :
        List.of("/", "/jobs", "/jobs/" + job, "/jobs/" + job + "/runs", "/runs", "/runs/" + run)) {
      assertThatItIsRefused(client.send(method, path));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/problem+json",
        "application/json-patch+json",
        "text/json",
        "nonsense",
        "*/*",
        "a/b/c",
        ";"
      })
  void anotherContentTypeIsRefused(String contentType) {
    Map<String, String> header = Map.of("Content-Type", contentType);
    byte[] body = ApiClient.bytes("{\"name\":\"x\"}");
    assertThatItIsRefused(client.send("POST", "/jobs", header, body));
    assertThatItIsRefused(client.send("PATCH", "/jobs/" + job, header, body));
  }

  @Test
  void aMergePatchCreatesNothingAndABodyNeedsAType() {
    byte[] body = ApiClient.bytes("{\"name\":\"x\"}");
    assertThatItIsRefused(
        client.send("POST", "/jobs", Map.of("Content-Type", ApiClient.MERGE_PATCH), body));
    assertThatItIsRefused(client.send("POST", "/jobs", Map.of(), body));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    Map<String, String> header = Map.of("Content-Type", ApiClient.JSON);
    byte[] latin1 = "{\"name\":\"größer\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16);
    byte[] compressed = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
    for (byte[] body : List.of(latin1, utf16, compressed)) {
      assertThatItIsRefused(client.send("POST", "/jobs", header, body));
    }
  }

  @Test
  void aBodyOfTenMegabytesIsRefusedWhereverItIsSent() {
    String large = "{\"name\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";
    for (Exchange refused :
        List.of(
            client.post("/jobs", large),
            client.patch("/jobs/" + job, large),
            client.post("/jobs/" + job + "/runs", large),
            client.patch("/runs/" + run, large))) {
      assertThatItIsRefused(refused);
      assertThat(refused.status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1", "W/", "\"1\" \"2\"", "\"1\",,x", "*, \"1\""})
  void aPreconditionThatIsNoneIsRefused(String tag) {
    assertThatItIsRefused(
        client.send(
            "PATCH",
            "/jobs/" + job,
            Map.of("Content-Type", ApiClient.MERGE_PATCH, "If-Match", tag),
            ApiClient.bytes("{\"name\":\"x\"}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "text/html", "nonsense", "a/b/c"})
  void whoAcceptsNothingThatWeHaveIsRefused(String accept) {
    assertThatItIsRefused(client.get("/jobs", "Accept", accept));
  }

  @Test
  void aBodyThatBreaksOffCreatesNothing() throws IOException {
    try (var connection = new RawConnection(process.port())) {
      connection.send(
          "POST /jobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nChronoTrack-Project: "
              + project
              + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
              + "{\"name\":\"cut off\"}");
    }

    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.everything()).isEqualTo(before);
  }

  private void assertThatItIsRefused(Exchange refused) {
    assertThat(refused.status()).as(refused::toString).isBetween(400, 499);
    Problems.assertThatItIsAProblem(refused);
    assertThat(client.everything()).isEqualTo(before);
  }
}
