package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How streams end, and how they go on afterwards. */
@ExtendWith(GuardedChronoTrack.class)
class StreamEndIT {

  /** Requests in flight have this long to finish; streams must not make use of it. */
  private static final Duration LONGEST_DRAIN = Duration.ofMillis(6_000);

  @Test
  void whoeverWatchesAServiceThatStopsGoesOnWhenItIsBack(@TempDir Path folder) throws Exception {
    try (var process = ChronoTrackProcess.in(folder).start()) {
      ApiClient client = process.client();
      long job = client.createJob("watched");
      List<RawConnection> silent = new ArrayList<>();
      FollowedRuns stream = client.follow("");
      FollowedRuns idle = client.follow("?status=CANCELLED");
      for (int i = 0; i < 5; i++) {
        var connection = new RawConnection(process.port());
        connection.send("GET /runs/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        silent.add(connection);
      }
      String text = "x".repeat(60_000);
      for (int i = 0; i < 150; i++) {
        client.createRun(job, object().add("metadata", object().add("text", text)));
      }
      stream.next(150);

      long begin = System.nanoTime();
      assertThat(process.stop()).as(process::output).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST_DRAIN);
      assertThat(stream.isEnded()).isTrue();
      assertThat(idle.isEnded()).isTrue();
      assertThat(process.output())
          .doesNotContain("Requests that still run are cut now", "SEVERE", "Exception");
      for (RawConnection connection : silent) {
        connection.close();
      }

      process.start();
      long run = process.client().announceRun(job);
      process.client().cancel(run);
      try (FollowedRuns back = process.client().follow("", stream.lastEventId());
          FollowedRuns idleBack =
              process.client().follow("?status=CANCELLED", idle.lastEventId())) {
        assertThat(back.next(2)).extracting(FollowedRuns.Event::runId).containsOnly(run);
        assertThat(idleBack.next().runId()).isEqualTo(run);
      }
    }
  }

  @Test
  void oneStreamTooManyIsRefusedUntilAnotherHasEnded(@TempDir Path folder) throws Exception {
    try (var process =
        ChronoTrackProcess.in(folder).with("STORAGE", "memory").with("MAX_STREAMS", "2").start()) {
      ApiClient client = process.client();
      long job = client.createJob("watched");
      try (FollowedRuns first = client.follow("");
          FollowedRuns second = client.follow("")) {
        Exchange refused = client.get("/runs/stream");
        assertThat(refused.status()).isEqualTo(503);
        Problems.assertThatItIsAProblem(refused);
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        long run = client.startRun(job);
        assertThat(first.next().runId()).isEqualTo(run);
        assertThat(second.next().runId()).isEqualTo(run);
      }
      Eventually.until(
          "their end is noticed",
          Duration.ofSeconds(60),
          () -> {
            client.startRun(job);
            try (FollowedRuns third = client.follow("")) {
              return third.status() == 200;
            }
          });
    }
  }

  @Test
  void aKeyThatIsRevokedIsToldNoMore(Installation installation) throws Exception {
    ApiClient system = installation.system();
    long job = system.createJob("watched by many");
    var issued = system.issueKey(object().add("name", "watcher").add("role", "viewer"));
    ApiClient watcher = system.withKey(issued.getString("key"));
    try (FollowedRuns stream = watcher.follow("?jobId=" + job);
        FollowedRuns other = system.follow("?jobId=" + job)) {
      long run = system.startRun(job);
      assertThat(stream.next().runId()).isEqualTo(run);
      system.delete("/keys/" + issued.getJsonNumber("id").longValue());
      assertThat(stream.isEnded()).isTrue();
      other.next();
      run = system.startRun(job);
      assertThat(other.next().runId()).isEqualTo(run);
    }
  }
}
