package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendersTest {

  private final Senders senders = new Senders();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

  @AfterEach
  void release() {
    release.countDown();
    senders.close();
  }

  /** As a client does who reads nothing. */
  private void hold(CountDownLatch isHeld) {
    senders.execute(
        () -> {
          isHeld.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private CountDownLatch send() {
    var sent = new CountDownLatch(1);
    senders.execute(
        () -> {
          seen.add(Thread.currentThread());
          sent.countDown();
        });
    return sent;
  }

  private static boolean happens(CountDownLatch event) throws InterruptedException {
    return event.await(30, TimeUnit.SECONDS);
  }

  @Test
  void whileItGetsOnOneIsEnough() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(happens(send())).isTrue();
      senders.relieve();
    }
    assertThat(seen).hasSize(1).doesNotContain(Thread.currentThread());
  }

  @Test
  void thoseWhoAreHeldHoldUpNobody() throws Exception {
    for (int held = 0; held < 3; held++) {
      var isHeld = new CountDownLatch(1);
      hold(isHeld);
      senders.relieve();
      senders.relieve();
      assertThat(happens(isHeld)).isTrue();
    }
    CountDownLatch sent = send();
    senders.relieve();
    senders.relieve();
    assertThat(happens(sent)).isTrue();
  }

  @Test
  void afterTheEndWhoeverComesDoesItAlone() {
    senders.close();
    send();
    assertThat(seen).containsExactly(Thread.currentThread());
  }
}
