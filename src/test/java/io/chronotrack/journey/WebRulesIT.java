package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers, proxies and slow or devious clients meet before any resource does. */
class WebRulesIT {

  private static final String OUR_PAGE = "https://app.example.org";
  private static final String OTHER_PAGE = "https://elsewhere.example.org";
  private static final String JSON_POST =
      "POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  /** More than the threads that the server has for requests. */
  private static final int SLOW_CLIENTS = 24;

  @TempDir static Path folder;

  private static ChronoTrackProcess process;
  private static ApiClient client;
  private static String key;

  @BeforeAll
  static void start() throws Exception {
    process =
        ChronoTrackProcess.in(folder)
            .with("STORAGE", "memory")
            .with("AUTH", "on")
            .with("CORS_ORIGINS", OUR_PAGE + ", http://localhost:5173")
            .with("TRUSTED_PROXIES", "127.0.0.0/8")
            .with("BODY_TIME_MS", "500")
            .start();
    client = process.client();
    Matcher printed = Pattern.compile("ct_[0-9A-Za-z_]+").matcher(process.output());
    assertThat(printed.find()).as("a key was printed").isTrue();
    key = printed.group();
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        argumentSet("a list", "GET", "/jobs", 200),
        argumentSet("a page", "GET", "/problems", 200),
        argumentSet("health", "GET", "/health", 200),
        argumentSet("the API document", "GET", "/openapi", 200),
        argumentSet("no such path", "GET", "/nothing/here", 404),
        argumentSet("the server's own folder", "GET", "/WEB-INF/web.xml", 404),
        argumentSet("the error page itself", "GET", "/.error", 404),
        argumentSet("no such method", "DELETE", "/jobs", 405),
        argumentSet("no such method of the server", "BREW", "/health", 501),
        argumentSet("options", "OPTIONS", "/jobs", 200),
        argumentSet("metrics", "GET", "/metrics", 404),
        argumentSet("metrics of the server", "GET", "/metrics/base", 404),
        argumentSet("WADL", "GET", "/application.wadl", 404),
        argumentSet("WADL of the API document", "GET", "/openapi/application.wadl", 404));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void everyAnswerTellsBrowsersToMakeNothingOfIt(String method, String path, int status) {
    Exchange answer = withKey(method, path, Map.of());

    assertThat(answer.status()).as(answer::toString).isEqualTo(status);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(answer.headers().map().keySet())
        .doesNotContain("server", "x-powered-by", "x-frame-options", "strict-transport-security");
    assertThat(answer.body()).doesNotContain("wadl.dev.java.net", "jersey", "Payara");
  }

  @Test
  void whatTheServerHidesByItselfIsAProblemLikeAnyOther() {
    Exchange answer = withKey("GET", "/WEB-INF/web.xml", Map.of());

    Problems.assertThatItIsAProblem(answer);
    assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/jobs", "/openapi", "/health", "/problems"})
  void askedForItsOptionsNothingDescribesItselfInWadl(String path) {
    for (String accept : List.of("*/*", "application/vnd.sun.wadl+xml", "application/xml")) {
      Exchange answer = withKey("OPTIONS", path, Map.of("Accept", accept));

      assertThat(answer.header("Allow")).as(answer::toString).contains("GET");
      assertThat(answer.body()).doesNotContain("<");
    }
  }

  /** Not in all servers: some refuse such an address themselves. */
  @Test
  void aLineBreakBehindAnIdIsNoPartOfIt() {
    Exchange answer = withKey("GET", "/jobs/1%0A", Map.of());

    Problems.assertThatItIsAProblem(answer);
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void whatTheServerRefusesByItselfDoesNotSayWhichServerItIs() throws IOException {
    for (String request :
        List.of(
            "GET /jobs HTTP/1.1\r\n\r\n",
            "GET /jobs HTTP/9.9\r\nHost: x\r\n\r\n",
            "TRACE /jobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /jobs HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(20_000) + "\r\n\r\n")) {
      assertThat(exchange(request))
          .startsWith("HTTP/1.1 ")
          .doesNotContainIgnoringCase("server:", "x-powered-by", "payara", "grizzly");
    }
  }

  @Test
  void entityTagsWorkAlthoughNothingIsKeptUnasked() {
    String job = "/jobs/" + createJob(Map.of());
    String tag = withKey("GET", job, Map.of()).header("ETag");

    Exchange again = withKey("GET", job, Map.of("If-None-Match", tag));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("ETag")).isEqualTo(tag);
  }

  @Test
  void aPageOfAnAllowedOriginMayReadAnswersAndErrors() {
    for (Exchange answer :
        List.of(
            withKey("GET", "/jobs", Map.of("Origin", OUR_PAGE)),
            withKey("GET", "/nothing", Map.of("Origin", OUR_PAGE)),
            client.get("/jobs", "Origin", OUR_PAGE))) {
      assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
          .as(answer::toString)
          .containsExactly(OUR_PAGE);
      assertThat(answer.header("Access-Control-Expose-Headers"))
          .contains("ETag", "Location", "Link", "Retry-After", "RateLimit", "WWW-Authenticate");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(answer.header("Vary")).isEqualTo("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OTHER_PAGE, "null", OUR_PAGE + ":8443", OUR_PAGE + ".evil.example"})
  void aPageOfAnotherOriginMayNot(String origin) {
    for (Exchange answer :
        List.of(
            withKey("GET", "/jobs", Map.of("Origin", origin)),
            client.send("OPTIONS", "/jobs", preflight(origin), new byte[0]))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-"));
      assertThat(answer.header("Vary")).isEqualTo("Origin");
    }
  }

  @Test
  void aPreflightNeedsNoCredentialAndAllowsWhatTheApiKnows() {
    Exchange answer = client.send("OPTIONS", "/runs/1", preflight(OUR_PAGE), new byte[0]);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(OUR_PAGE);
    assertThat(answer.header("Access-Control-Allow-Methods").split(", "))
        .contains("GET", "POST", "PATCH", "DELETE");
    assertThat(answer.header("Access-Control-Allow-Headers").split(", "))
        .contains(
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "ChronoTrack-Project",
            "Last-Event-ID",
            "traceparent");
    assertThat(answer.header("Access-Control-Max-Age")).matches("[0-9]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunkedx",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding:\tchunked\r\nContent-Length: 5",
        "Transfer-Encoding : chunked\r\nContent-Length: 5",
        "Transfer-Encoding:\r\n chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6"
      })
  void aRequestWhoseEndIsDoubtfulIsRefusedAndWhatFollowsIsNotServed(String framing)
      throws IOException {
    assertThatNothingIsCreatedBy(JSON_POST + authorization() + framing + "\r\n\r\n", "400");
  }

  @Test
  void whatFollowsABodyInChunksIsNotServed() throws IOException {
    // Payara has forgotten the length by the time that anybody could see it.
    String both = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";

    assertThatNothingIsCreatedBy(JSON_POST + authorization() + both + "2\r\n{}\r\n", "400");
    assertThat(exchange(JSON_POST + authorization() + both + "c\r\n{\"name\":\"x\"}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 201 ")
        .containsIgnoringCase("Connection: close");
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 100,' '", "Transfer-Encoding: chunked,'1\r\n \r\n'"})
  void aBodyThatDripsIsCut(String framing, String drop) throws Exception {
    try (var connection = new RawConnection(process.port())) {
      connection.send(JSON_POST + authorization() + framing + "\r\n\r\n");
      String answer = dripUntilAnswered(connection, drop.translateEscapes());

      assertThat(answer)
          .startsWith("HTTP/1.1 408 ")
          .containsIgnoringCase("Connection: close")
          .containsIgnoringCase("X-Content-Type-Options: nosniff")
          .contains("REQUEST_TIMEOUT");
    }
  }

  @Test
  void afterABodyThatWasTooSlowTheConnectionEnds() throws Exception {
    try (var connection = new RawConnection(process.port())) {
      connection.send(JSON_POST + authorization() + "Content-Length: 400\r\n\r\n");
      dripUntilAnswered(connection, " ");

      connection.send(" ".repeat(400) + createSmuggled());

      assertThat(connection.isClosedByServer()).isTrue();
    }
    assertThat(withKey("GET", "/jobs?name=smuggled", Map.of()).items()).isEmpty();
  }

  @Test
  void slowHeadersKeepNobodyWaiting() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        var connection = new RawConnection(process.port());
        slow.add(connection);
        connection.send(JSON_POST + "X-Slow: ");
      }
      for (int i = 0; i < 5; i++) {
        for (RawConnection connection : slow) {
          connection.send("a");
        }
        assertThatItAnswersAtOnce();
      }
    } finally {
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
  }

  @Test
  void slowBodiesKeepNobodyWaitingForLong() throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        var connection = new RawConnection(process.port());
        slow.add(connection);
        connection.send(JSON_POST + authorization() + "Content-Length: 1000\r\n\r\n ");
      }
      for (RawConnection connection : slow) {
        assertThat(dripUntilAnswered(connection, " ")).startsWith("HTTP/1.1 408 ");
      }
      assertThatItAnswersAtOnce();
    } finally {
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
  }

  @Test
  void theAuditKnowsWhomATrustedProxySpeaksFor() {
    long job = createJob(Map.of("X-Forwarded-For", "198.51.100.1, 203.0.113.9"));
    long other = createJob(Map.of("X-Forwarded-For", "unknown"));

    Map<String, String> addresses = new TreeMap<>();
    for (var entry : withKey("GET", "/audit", Map.of()).items()) {
      addresses.put(entry.getString("subject"), entry.getString("address"));
    }
    assertThat(addresses)
        .containsEntry("job/" + job, "203.0.113.9")
        .containsEntry("job/" + other, "127.0.0.1");
  }

  @Test
  void noErrorRepeatsACredentialOrAQuery() {
    String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl";
    for (String path :
        List.of("/nothing/" + key, "/jobs/" + token, "/jobs/0;k=" + key, "/runs/x?key=" + key)) {
      Exchange refused = withKey("GET", path, Map.of());

      assertThat(refused.status()).as(refused::toString).isBetween(400, 499);
      assertThat(refused.json().getString("instance")).doesNotContain("?", key, token);
      assertThat(refused.body()).doesNotContain(key, token);
    }
  }

  private static void assertThatNothingIsCreatedBy(String doubtful, String status)
      throws IOException {
    assertThat(exchange(doubtful + "0\r\n\r\n" + createSmuggled()))
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("Connection: close")
        .containsOnlyOnce("HTTP/1.1");
    // Not answered could still mean done.
    assertThat(withKey("GET", "/jobs?name=smuggled", Map.of()).items()).isEmpty();
  }

  private static void assertThatItAnswersAtOnce() {
    long start = System.nanoTime();
    assertThat(client.get("/problems").status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  /** Sends this piece of a body until something comes back, which it gives. */
  private static String dripUntilAnswered(RawConnection connection, String drop) throws Exception {
    Eventually.until(
        "an answer",
        Duration.ofSeconds(10),
        () -> {
          connection.send(drop);
          return connection.hasAnswer();
        });
    return connection.readUntil("REQUEST_TIMEOUT\"}");
  }

  private static String createSmuggled() {
    return JSON_POST + authorization() + "Content-Length: 19\r\n\r\n{\"name\":\"smuggled\"}";
  }

  private static long createJob(Map<String, String> headers) {
    var all = new TreeMap<>(headers);
    all.put("Authorization", "Bearer " + key);
    all.put("Content-Type", ApiClient.JSON);
    Exchange created = client.send("POST", "/jobs", all, ApiClient.bytes("{\"name\":\"x\"}"));
    assertThat(created.status()).as(created::toString).isEqualTo(201);
    return created.id();
  }

  private static Exchange withKey(String method, String path, Map<String, String> headers) {
    var all = new TreeMap<>(headers);
    all.put("Authorization", "Bearer " + key);
    return client.send(method, path, all, new byte[0]);
  }

  private static Map<String, String> preflight(String origin) {
    return Map.of(
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "PATCH",
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }

  private static String authorization() {
    return "Authorization: Bearer " + key + "\r\n";
  }

  private static String exchange(String request) throws IOException {
    return RawConnection.exchange(process.port(), request.getBytes(StandardCharsets.ISO_8859_1));
  }
}
