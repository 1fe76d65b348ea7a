package io.chronotrack.run.stream;

import io.chronotrack.http.Outbox;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client that takes what it is told from its outbox, when a test says so. */
final class FollowingClient {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Outbox outbox;
  private @Nullable String lastEventId;

  FollowingClient(Outbox outbox) {
    this.outbox = outbox;
    next();
  }

  /**
   * One block of the stream.
   *
   * @param event the name of the event; empty if it is none
   */
  record Message(String event, String id, String data) {

    long run() {
      return json().getJsonObject("run").getJsonNumber("id").longValue();
    }

    String status() {
      return json().getJsonObject("run").getString("status");
    }

    long version() {
      return json().getJsonObject("event").getJsonNumber("version").longValue();
    }

    JsonObject json() {
      try (var reader = Json.createReader(new StringReader(data))) {
        return reader.readObject();
      }
    }
  }

  /** The next block, waited for. */
  Message next() {
    var part = new byte[1][];
    until(
        "something is told",
        () -> {
          part[0] = outbox.take();
          return part[0] != null;
        });
    Message message = parse(new String(part[0], StandardCharsets.UTF_8));
    lastEventId = message.id();
    return message;
  }

  /** The next events, waited for. */
  List<Message> next(int count) {
    List<Message> messages = new ArrayList<>();
    while (messages.size() < count) {
      Message message = next();
      if (!message.event().isEmpty()) {
        messages.add(message);
      }
    }
    return messages;
  }

  /** Where it would go on. */
  String lastEventId() {
    return Objects.requireNonNull(lastEventId);
  }

  boolean isEnded() {
    return outbox.isClosed();
  }

  boolean hasRoom() {
    return outbox.hasRoom();
  }

  void leave() {
    outbox.close();
  }

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Message parse(String block) {
    return new Message(field(block, "event"), field(block, "id"), field(block, "data"));
  }

  private static String field(String block, String name) {
    return block
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }
}
