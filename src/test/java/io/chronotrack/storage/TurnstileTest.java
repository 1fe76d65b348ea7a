package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class TurnstileTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private static Stream<Named<BiFunction<Integer, Duration, Turnstile>>> kinds() {
    return Stream.of(
        Named.of("in order", Turnstile::inOrder),
        Named.of("with overtaking", Turnstile::withOvertaking));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void onlySoManyWorkAtATime(BiFunction<Integer, Duration, Turnstile> kind) throws Exception {
    var turnstile = kind.apply(3, LONG);
    var working = new AtomicInteger();
    var together = new CyclicBarrier(3);
    List<Integer> seen =
        SideBySide.run(
            task -> new Thread(task, "worker").start(),
            12,
            number ->
                turnstile.pass(
                    () -> {
                      int others = working.incrementAndGet();
                      // Three must be inside at once for any of them to leave.
                      SideBySide.await(together);
                      working.decrementAndGet();
                      SideBySide.await(together);
                      return others;
                    }));
    assertThat(seen).hasSize(12).allMatch(others -> others <= 3).contains(3);
  }

  @Test
  void whoWaitsIsLetInInTheOrderOfArrival() throws Exception {
    var turnstile = Turnstile.inOrder(1, LONG);
    List<Integer> order = new ArrayList<>();
    List<Thread> waiting = new ArrayList<>();
    boolean nobodyPassed =
        turnstile.pass(
            () -> {
              for (int i = 0; i < 5; i++) {
                int number = i;
                var thread = new Thread(() -> turnstile.pass(() -> order.add(number)), "waiting");
                thread.start();
                awaitAsleep(thread);
                waiting.add(thread);
              }
              return order.isEmpty();
            });
    assertThat(nobodyPassed).isTrue();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whoWaitsTooLongIsRefusedAndDoesNothing(BiFunction<Integer, Duration, Turnstile> kind)
      throws Exception {
    var turnstile = kind.apply(1, Duration.ofMillis(1));
    var done = new AtomicBoolean();
    turnstile.pass(
        () ->
            inAnotherThread(
                () ->
                    assertThatExceptionOfType(StorageUnavailable.class)
                        .isThrownBy(() -> turnstile.pass(() -> done.getAndSet(true)))
                        .withMessageContaining("Nothing was changed")));
    assertThat(done).isFalse();
    assertThat(turnstile.pass(() -> "later")).isEqualTo("later");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPlaceIsGivenBackByWorkThatFails(BiFunction<Integer, Duration, Turnstile> kind) {
    var turnstile = kind.apply(1, Duration.ofMillis(1));
    for (int i = 0; i < 3; i++) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  turnstile.pass(
                      () -> {
                        throw new IllegalStateException("expected");
                      }));
    }
    assertThat(turnstile.pass(() -> "free")).isEqualTo("free");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whoIsInterruptedDoesNotWait(BiFunction<Integer, Duration, Turnstile> kind) {
    var turnstile = kind.apply(1, LONG);
    turnstile.pass(
        () ->
            inAnotherThread(
                () -> {
                  Thread.currentThread().interrupt();
                  assertThatExceptionOfType(StorageUnavailable.class)
                      .isThrownBy(() -> turnstile.pass(() -> "never"));
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                }));
  }

  @Test
  void nobodyWaitsWhereItIsOpen() throws Exception {
    var turnstile = Turnstile.open();
    var together = new CyclicBarrier(20);
    assertThat(
            SideBySide.run(
                task -> new Thread(task, "worker").start(),
                20,
                number -> turnstile.pass(() -> SideBySide.await(together))))
        .hasSize(20);
  }

  /** Lets an assertion of the other thread fail this one. */
  private static boolean inAnotherThread(Runnable work) {
    try {
      return SideBySide.run(
              task -> new Thread(task, "another").start(),
              1,
              number -> {
                work.run();
                return true;
              })
          .get(0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitAsleep(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
