package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentReadsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RecentReads<String, String> reads = new RecentReads<>(nanos::get);
  private final AtomicInteger asked = new AtomicInteger();

  private Optional<String> get(Optional<String> stored) {
    return reads.get(
        "key",
        key -> {
          asked.incrementAndGet();
          return stored;
        });
  }

  private void move(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Test
  void theStoreIsAskedOnce() {
    assertThat(get(Optional.of("old"))).contains("old");
    assertThat(get(Optional.of("new"))).contains("old");
    assertThat(asked).hasValue(1);
  }

  @Test
  void thatThereIsNothingIsRememberedAsWell() {
    assertThat(get(Optional.empty())).isEmpty();
    assertThat(get(Optional.of("new"))).isEmpty();
    assertThat(asked).hasValue(1);
  }

  @Test
  void anotherInstancesChangeIsSeenAfterTheLongestAgeAndWithinFiveSeconds() {
    get(Optional.of("old"));
    move(RecentReads.MAX_AGE.minusNanos(1));
    assertThat(get(Optional.of("new"))).contains("old");
    move(Duration.ofNanos(1));
    assertThat(get(Optional.of("new"))).contains("new");
    assertThat(RecentReads.MAX_AGE).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void askingAgainAndAgainDoesNotKeepWhatIsOld() {
    get(Optional.of("old"));
    for (int i = 0; i < 3; i++) {
      move(Duration.ofSeconds(1));
      get(Optional.of("new"));
    }
    assertThat(get(Optional.of("newer"))).contains("new");
  }

  @Test
  void whatWasForgottenIsAskedForAgain() {
    get(Optional.of("old"));
    reads.forget("key");
    assertThat(get(Optional.of("new"))).contains("new");
  }

  @Test
  void forgettingOneKeepsTheOthers() {
    get(Optional.of("old"));
    reads.forget("other");
    assertThat(get(Optional.of("new"))).contains("old");
  }

  @Test
  void whatWasReadBeforeAChangeAndArrivesAfterItIsNotKept() {
    Optional<String> late =
        reads.get(
            "key",
            key -> {
              // While this read is on its way, somebody makes a change.
              reads.forget(key);
              return Optional.of("old");
            });
    assertThat(late).contains("old");
    assertThat(get(Optional.of("new"))).contains("new");
  }

  @Test
  void aFailedReadLeavesNothing() {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                reads.get(
                    "key",
                    key -> {
                      throw new StorageUnavailable("away", null);
                    }));
    assertThat(get(Optional.of("new"))).contains("new");
  }
}
