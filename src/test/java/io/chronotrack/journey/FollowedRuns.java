package io.chronotrack.journey;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream of {@code /runs/stream}, read line by line as the HTML standard tells clients to. */
final class FollowedRuns implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final HttpResponse<InputStream> answer;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heartbeats = new LinkedBlockingQueue<>();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String lastEventId = "";
  private volatile String retry = "";

  /** What a client makes of a block that has data. */
  record Event(String name, String id, String data) {

    JsonObject json() {
      try (var reader = Json.createReader(new StringReader(data))) {
        return reader.readObject();
      }
    }

    JsonObject run() {
      return json().getJsonObject("run");
    }

    long runId() {
      return run().getJsonNumber("id").longValue();
    }
  }

  FollowedRuns(HttpResponse<InputStream> answer) throws InterruptedException {
    this.answer = answer;
    var reader = new Thread(this::read, "follows runs");
    reader.setDaemon(true);
    reader.start();
    if (answer.statusCode() == 200 && !opened.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the stream does not begin");
    }
  }

  int status() {
    return answer.statusCode();
  }

  HttpHeaders headers() {
    return answer.headers();
  }

  /** The next event, waited for. */
  Event next() throws InterruptedException {
    Event event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("waited in vain for an event; the last id is " + lastEventId);
    }
    return event;
  }

  List<Event> next(int count) throws InterruptedException {
    List<Event> next = new ArrayList<>();
    while (next.size() < count) {
      next.add(next());
    }
    return next;
  }

  /** The next sign of life that was sent because there was nothing to tell, waited for. */
  String nextHeartbeat() throws InterruptedException {
    String heartbeat = heartbeats.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (heartbeat == null) {
      throw new AssertionError("waited in vain for a sign of life; the last id is " + lastEventId);
    }
    return heartbeat;
  }

  /** Whether the server ends it in time. */
  boolean isEnded() throws InterruptedException {
    return ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Where it would go on. */
  String lastEventId() {
    return lastEventId;
  }

  String retry() {
    return retry;
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String name = "";
      String data = "";
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data += line.substring(6);
        } else if (line.startsWith("retry: ")) {
          retry = line.substring(7);
        } else if (line.startsWith(":")) {
          heartbeats.add(line);
        } else if (line.isEmpty()) {
          lastEventId = id;
          if (!data.isEmpty()) {
            events.add(new Event(name, id, data));
          }
          name = "";
          data = "";
          opened.countDown();
        }
      }
    } catch (IOException e) {
      // Cut off by either side; what matters is that it is over.
      ended.countDown();
    } finally {
      ended.countDown();
    }
  }

  /** Hangs up. */
  @Override
  public void close() {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot hang up", e);
    }
  }
}
