package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that do not come to their end, because of the client or the service. */
@NullUnmarked // JUnit fills the fields.
class BrokenExportIT {

  /** With what the sockets and the server take ahead, more than a client has without reading. */
  private static final int RUNS = 6_000;

  private static final String MESSAGE = "x".repeat(10_000);
  private static final String END_OF_CHUNKS = "\r\n0\r\n\r\n";

  /** How long the server waits for a client to read, and a little more. */
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

  private static ChronoTrackProcess process;
  private static ApiClient client;

  @BeforeAll
  static void recordALot(@TempDir Path folder) throws Exception {
    process = ChronoTrackProcess.in(folder).with("MAX_EXPORTS", "1").start();
    client = process.client();
    ManyRuns.record(client, client.createJob("exported"), RUNS, MESSAGE);
  }

  /** Each test has a start of its own, and what was printed since then. */
  @BeforeEach
  void start() throws Exception {
    if (!process.isAlive()) {
      process.start();
    }
  }

  @AfterEach
  void end() {
    process.end();
  }

  @AfterAll
  static void close() {
    if (process != null) {
      process.close();
    }
  }

  /** An export of which the client has read the headers, and reads no further for now. */
  private RawConnection begin() throws IOException {
    var connection = new RawConnection(process.port());
    connection.send("GET /runs/export HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(connection.readUntil("\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("Transfer-Encoding: chunked");
    return connection;
  }

  private int statusOfAnother() {
    return client.get("/runs/export?status=RUNNING").status();
  }

  @Test
  void theOneTooManyIsRefusedUntilAClientThatStoppedReadingIsGivenUp() throws Exception {
    try (var stalled = begin()) {
      Exchange refused = client.get("/runs/export?status=RUNNING");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
      Problems.assertThatItIsAProblem(refused);
      assertThat(client.get("/runs?limit=1").status()).isEqualTo(200);

      Eventually.until("the client is given up", WRITE_TIMEOUT, () -> statusOfAnother() == 200);
      assertThat(stalled.readToEnd()).doesNotEndWith(END_OF_CHUNKS);
      assertThat(process.output())
          .containsOnlyOnce("runs.ndjson broke off: ")
          .doesNotContain("SEVERE")
          .doesNotContain("Exception");
    }
    assertThat(client.get("/runs/export").body().lines()).hasSize(RUNS);
    assertThatNothingIsWaitedForAtTheEnd();
  }

  /** Whoever hung up is not counted as being served. */
  private void assertThatNothingIsWaitedForAtTheEnd() throws InterruptedException {
    assertThat(process.stop()).isZero();
    assertThat(process.output()).doesNotContain("Requests that still run are cut now");
  }

  @Test
  void theServiceStopsInTimeAndTheFileIsSeenToBeCut() throws Exception {
    try (var slow = begin()) {
      long told = System.nanoTime();
      assertThat(process.stop()).as(process::output).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
      assertThat(slow.readToEnd()).doesNotContain(END_OF_CHUNKS);
      assertThat(process.output())
          .contains("broke off: the service stops")
          .doesNotContain("Requests that still run are cut now")
          .doesNotContain("SEVERE")
          .doesNotContain("Exception");
    }
  }
}
