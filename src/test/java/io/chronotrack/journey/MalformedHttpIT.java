package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no HTTP, or hardly any: the server refuses it before the application sees it. */
@ExtendWith(SharedChronoTrack.class)
@TestInstance(Lifecycle.PER_CLASS) // With one project for all, whose name is in what they send.
class MalformedHttpIT {

  private static final String PROJECT = "malformed-http";

  /** Headers of what may be understood in spite of all. */
  private static final String HEADERS = "\r\nHost: x\r\nChronoTrack-Project: " + PROJECT + "\r\n";

  private final ApiClient client;
  private final ChronoTrackProcess process;
  private List<JsonObject> before;

  MalformedHttpIT(ApiClient client, ChronoTrackProcess process) {
    client.createProject(PROJECT);
    this.client = client.inProject(PROJECT);
    this.process = process;
  }

  @BeforeEach
  void recordSomething() {
    client.startRun(client.createJob("import"));
    before = client.everything();
  }

  static Stream<Arguments> whatNoHttpClientSays() {
    return Stream.of(
        argumentSet("words", "hello, is anybody there?\r\n\r\n"),
        argumentSet("the beginning of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"),
        argumentSet("zeros", "\u0000".repeat(64) + "\r\n\r\n"),
        argumentSet("line breaks", "\r\n".repeat(10)),
        argumentSet("another version", "GET /jobs HTTP/9.9\r\nHost: x\r\n\r\n"),
        argumentSet("no host", "GET /jobs HTTP/1.1\r\n\r\n"),
        argumentSet("no path", "GET HTTP/1.1\r\nHost: x\r\n\r\n"),
        argumentSet("bad percent-encoding", request("GET /jobs/%zz")),
        argumentSet("bad percent-encoding in a query", request("GET /jobs?name=%zz")),
        argumentSet("half an escape", request("GET /jobs/%")),
        argumentSet("an encoded NUL", request("GET /jobs/%00")),
        argumentSet("an encoded slash", request("GET /jobs/1%2Fruns")),
        argumentSet("a way out", request("GET /jobs/../../etc/passwd")),
        argumentSet("an encoded way out", request("GET /%2e%2e/%2e%2e/etc/passwd")),
        argumentSet("path parameters", request("GET /jobs/1;a=b;c")),
        argumentSet("bytes in the path", request("GET /jobs/\u00ff\u00fe")),
        argumentSet("an address of another host", request("GET http://elsewhere.example/nothing")),
        argumentSet("an asterisk", request("OPTIONS *")),
        argumentSet("an echo", request("TRACE /jobs")),
        argumentSet("a tunnel", request("CONNECT elsewhere.example:443")),
        argumentSet("a long path", request("GET /" + "a".repeat(20_000))),
        argumentSet(
            "a long header",
            "GET /jobs HTTP/1.1" + HEADERS + "A: " + "a".repeat(20_000) + "\r\n\r\n"),
        argumentSet(
            "many headers", "GET /jobs HTTP/1.1" + HEADERS + "A: b\r\n".repeat(500) + "\r\n"),
        argumentSet("a negative length", post("Content-Length: -1")),
        argumentSet("a length in words", post("Content-Length: many")),
        argumentSet("two lengths", post("Content-Length: 2\r\nContent-Length: 12")),
        argumentSet("a chunk of no size", post("Transfer-Encoding: chunked") + "zz\r\n"),
        argumentSet("an unknown transfer encoding", post("Transfer-Encoding: rot13") + "{}"),
        argumentSet(
            "an unknown expectation", post("Expect: miracles\r\nContent-Length: 2") + "{}"));
  }

  @ParameterizedTest
  @MethodSource("whatNoHttpClientSays")
  void whatIsNoHttpDoesNoHarm(String bytes) throws IOException {
    assertThatTheAnswerIsHarmless(
        RawConnection.lastExchange(process.port(), bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** The server answers these itself, and where it cannot make sense of a request, without body. */
  private void assertThatTheAnswerIsHarmless(String answer) {
    assertThat(answer)
        .doesNotStartWith("HTTP/1.1 500")
        .doesNotStartWith("HTTP/1.1 201")
        .doesNotContainIgnoringCase("<html", "exception", "\tat ");
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.everything()).isEqualTo(before);
  }

  private static String request(String methodAndPath) {
    return methodAndPath + " HTTP/1.1" + HEADERS + "Connection: close\r\n\r\n";
  }

  private static String post(String headers) {
    return "POST /jobs HTTP/1.1"
        + HEADERS
        + "Connection: close\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n\r\n";
  }
}
