package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.journey.FollowedRuns.Event;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Someone watches what happens to runs. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class StreamIT {

  private final ChronoTrackProcess process;
  private final ApiClient client;

  StreamIT(ChronoTrackProcess process, ApiClient client) {
    this.process = process;
    this.client = client;
  }

  private static String of(long... jobs) {
    List<String> ids = new ArrayList<>();
    for (long job : jobs) {
      ids.add(Long.toString(job));
    }
    return "?jobId=" + String.join(",", ids);
  }

  @Test
  void whoWatchesIsToldWhatHappensAsItHappens() throws Exception {
    long job = client.createJob("watched");
    try (FollowedRuns stream = client.follow(of(job))) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(stream.headers().allValues("Cache-Control")).containsExactly("no-store");
      assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(stream.retry()).isEqualTo("3000");
      assertThat(stream.lastEventId()).isNotEmpty();

      long run = client.startRun(job);
      Event created = stream.next();
      assertThat(created.name()).isEqualTo("created");
      assertThat(created.run()).isEqualTo(client.run(run));
      assertThat(created.json().getJsonObject("event")).isEqualTo(client.events(run).get(0));

      JsonObject failed = client.fail(run, "Zeile 1\nZeile 2 🌙");
      Event changed = stream.next();
      assertThat(changed.name()).isEqualTo("changed");
      assertThat(changed.run()).isEqualTo(failed);
      assertThat(changed.json().getJsonObject("event")).isEqualTo(client.events(run).get(1));
      assertThat(changed.id()).isNotEqualTo(created.id());
    }
  }

  @Test
  void aBatchIsToldRunByRun() throws Exception {
    long job = client.createJob("in batches");
    try (FollowedRuns stream = client.follow(of(job))) {
      String create = "{\"op\":\"create\",\"jobId\":" + job + ",\"run\":{}}";
      Exchange batch =
          client.post("/runs/batch", "{\"operations\":[" + create + "," + create + "]}");
      assertThat(batch.status()).as(batch::toString).isEqualTo(200);
      assertThat(stream.next(2)).extracting(Event::name).containsOnly("created");
    }
  }

  @Test
  void whoWatchesIsToldOnlyWhatWasAskedFor() throws Exception {
    long job = client.createJob("filtered");
    try (FollowedRuns failures = client.follow(of(job) + "&status=FAILED");
        FollowedRuns filtered =
            client.follow(of(job) + "&filter=" + ApiClient.encode("status = SUCCESS"))) {
      long first = client.startRun(job);
      long second = client.startRun(job);
      client.succeed(first);
      client.fail(second, "no");
      assertThat(failures.next().runId()).isEqualTo(second);
      assertThat(filtered.next().runId()).isEqualTo(first);
    }
  }

  @Test
  void whoComesBackGoesOnBehindTheLastEvent() throws Exception {
    long job = client.createJob("interrupted");
    String last;
    try (FollowedRuns stream = client.follow(of(job))) {
      client.startRun(job);
      last = stream.next().id();
    }
    List<Long> missed = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      missed.add(client.announceRun(job));
    }
    try (FollowedRuns stream = client.follow(of(job), last)) {
      assertThat(stream.next(250)).extracting(Event::runId).isEqualTo(missed);
      long run = client.startRun(job);
      assertThat(stream.next().runId()).isEqualTo(run);
    }
  }

  @Test
  void whatCannotBeAskedForIsRefused() throws Exception {
    for (String query :
        List.of("?sort=createdAt", "?limit=5", "?count=true", "?status=LOST", "?x=1")) {
      assertRefused(client.send("GET", "/runs/stream" + query, Map.of(), new byte[0]), 400);
    }
    for (String id : List.of("yesterday", "999999999999999999")) {
      Exchange refused =
          client.send("GET", "/runs/stream", Map.of("Last-Event-ID", id), new byte[0]);
      assertRefused(refused, 400);
      assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("header"))
          .isEqualTo("Last-Event-ID");
    }
    assertRefused(client.get("/runs/stream", "Accept", "application/json"), 406);
    assertRefused(client.post("/runs/stream", "{}"), 405);
  }

  private static void assertRefused(Exchange answer, int status) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(status);
    Problems.assertThatItIsAProblem(answer);
  }

  @Test
  void askedForTheHeadersOnlyItGivesNoMore() {
    Exchange head = client.send("HEAD", "/runs/stream");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).startsWith("text/event-stream");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void clientsThatHangUpOrReadNothingHarmNobody() throws Exception {
    long job = client.createJob("for all kinds");
    List<RawConnection> silent = new ArrayList<>();
    try (FollowedRuns stream = client.follow(of(job))) {
      for (int i = 0; i < 10; i++) {
        silent.add(connect(job));
      }
      for (int i = 0; i < 20; i++) {
        connect(job).close();
      }
      String text = "x".repeat(50_000);
      List<Long> runs = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        runs.add(client.createRun(job, object().add("metadata", object().add("text", text))));
      }
      assertThat(stream.next(100)).extracting(Event::runId).isEqualTo(runs);
      long last = client.startRun(job);
      long begin = System.nanoTime();
      client.succeed(last);
      assertThat(stream.next(2).get(1).run().getString("status")).isEqualTo("SUCCESS");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    } finally {
      for (RawConnection connection : silent) {
        connection.close();
      }
    }
  }

  private RawConnection connect(long job) throws IOException {
    var connection = new RawConnection(process.port());
    connection.send("GET /runs/stream?jobId=%d HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(job));
    return connection;
  }
}
