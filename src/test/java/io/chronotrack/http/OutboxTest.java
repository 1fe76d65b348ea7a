package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final AtomicLong nanoTime = new AtomicLong(100);
  private final List<String> calls = new ArrayList<>();
  private final Outbox outbox = new Outbox(nanoTime::get, () -> calls.add("room"));

  OutboxTest() {
    outbox.whenNews(() -> calls.add("news"));
  }

  private static byte[] part(int length) {
    return new byte[length];
  }

  @Test
  void whatIsAddedIsTakenInItsOrder() {
    byte[] first = part(1);
    byte[] second = part(2);
    outbox.add(first);
    outbox.add(second);
    assertThat(calls).containsExactly("news", "news");
    assertThat(outbox.take()).isSameAs(first);
    assertThat(outbox.take()).isSameAs(second);
    assertThat(outbox.take()).isNull();
  }

  @Test
  void thePartThatPassesTheBoundIsTheLastOneUntilSomethingIsTaken() {
    outbox.add(part(Outbox.ROOM - 1));
    assertThat(outbox.hasRoom()).isTrue();
    outbox.add(part(1_000));
    assertThat(outbox.hasRoom()).isFalse();
    calls.clear();

    outbox.take();

    assertThat(calls).containsExactly("room");
    assertThat(outbox.hasRoom()).isTrue();
    outbox.take();
    assertThat(calls).as("told once").containsExactly("room");
  }

  @Test
  void itIsKnownHowLongNothingHasBeenTaken() {
    assertThat(outbox.waited()).isZero();
    nanoTime.addAndGet(10);
    outbox.add(part(1));
    outbox.add(part(1));
    nanoTime.addAndGet(10);
    assertThat(outbox.waited()).isEqualTo(10);
    outbox.take();
    assertThat(outbox.waited()).isZero();
    nanoTime.addAndGet(5);
    assertThat(outbox.waited()).isEqualTo(5);
    outbox.take();
    nanoTime.addAndGet(5);
    assertThat(outbox.waited()).isZero();
  }

  @Test
  void afterTheEndThereIsNothingLeftAndBothSidesKnow() {
    outbox.add(part(1));
    calls.clear();
    outbox.close();
    outbox.close();
    outbox.add(part(1));
    assertThat(calls).containsExactly("news", "room");
    assertThat(outbox.isClosed()).isTrue();
    assertThat(outbox.hasRoom()).isFalse();
    assertThat(outbox.take()).isNull();
  }
}
