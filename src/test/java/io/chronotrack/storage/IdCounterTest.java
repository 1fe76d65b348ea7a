package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdCounterTest {

  @Test
  void idsGoOnFromTheHighestThatIsStored() {
    var ids = new IdCounter(() -> 41);
    assertThat(ids.next()).isEqualTo(42);
    assertThat(ids.next()).isEqualTo(43);
  }

  @Test
  void theHighestIsAskedForOnceHoweverManyAskForIds() throws Exception {
    var asked = new AtomicInteger();
    var ids = new IdCounter(() -> 10L * asked.incrementAndGet());
    List<Long> given =
        SideBySide.run(task -> new Thread(task, "counting").start(), 32, i -> ids.next());
    assertThat(asked).hasValue(1);
    assertThat(given).doesNotHaveDuplicates().allMatch(id -> id > 10 && id <= 42);
  }

  @Test
  void aFailureToFindTheHighestIsNotRemembered() {
    var asked = new AtomicInteger();
    var ids =
        new IdCounter(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("database away");
              }
              return 7;
            });
    assertThatIllegalStateException().isThrownBy(ids::next);
    assertThat(ids.next()).isEqualTo(8);
  }
}
