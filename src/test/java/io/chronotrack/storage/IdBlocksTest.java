package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.job.store.JpaJobRepository;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ids on a database that several instances share. */
@Timeout(120)
class IdBlocksTest {

  @Test
  void instancesGiveOutDifferentIdsEachInRisingOrder() {
    String database = PostgresServer.newDatabase();
    try (var one = new PostgresFixture(database);
        var other = new PostgresFixture(database)) {
      List<Long> ofOne = new ArrayList<>();
      List<Long> ofOther = new ArrayList<>();
      var jobsOfOne = new JpaJobRepository(one.writer(), one.reader());
      var jobsOfOther = new JpaJobRepository(other.writer(), other.reader());
      for (int i = 0; i < 200; i++) {
        ofOne.add(one.transactions().write(jobsOfOne::nextId));
        ofOther.add(other.transactions().write(jobsOfOther::nextId));
      }
      assertThat(ofOne).isSorted().startsWith(1L, 2L, 3L);
      assertThat(ofOther).isSorted();
      List<Long> all = new ArrayList<>(ofOne);
      all.addAll(ofOther);
      assertThat(all).doesNotHaveDuplicates();
    }
  }

  @Test
  void aBlockFollowsTheOneBeforeWhenItIsUsedUp() {
    var asked = new ArrayList<Long>();
    var ids =
        new IdCounter(
            () -> {
              asked.add(100L * asked.size());
              return asked.get(asked.size() - 1);
            },
            2);
    assertThat(List.of(ids.next(), ids.next(), ids.next(), ids.next()))
        .containsExactly(1L, 2L, 101L, 102L);
    assertThat(asked).hasSize(2);
  }
}
