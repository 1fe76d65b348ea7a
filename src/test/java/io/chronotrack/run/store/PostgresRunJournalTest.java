package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.job.Job;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.stream.EventPosition;
import io.chronotrack.storage.LastWrite;
import io.chronotrack.storage.PostgresFixture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@NullUnmarked // JUnit fills the fields.
class PostgresRunJournalTest extends RunJournalContract {

  // One database for all tests of the class, each of which begins at the present.
  private static PostgresFixture postgres;
  private static RunStore store;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    store = RunStores.in(postgres);
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  RunStore store() {
    return store;
  }

  @Test
  void whatIsCommittedLateIsNotMissed() throws Exception {
    Job job = newJob(null);
    EventPosition before = present();
    var written = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    CompletableFuture<JobRun> late =
        CompletableFuture.supplyAsync(
            () ->
                store
                    .transactions()
                    .write(
                        () -> {
                          postgres.writer().lastWrite(Held.class, () -> new Held(written, commit));
                          return insert(job);
                        }),
            task -> new Thread(task, "late").start());
    await(written);
    JobRun early = newRun(job);

    // It is there for everybody else, and is not told before what may still come before it.
    assertThat(behind(before)).isEmpty();
    EventPosition meanwhile = present();
    commit.countDown();
    JobRun first = late.get();

    List<RunEvent> both = List.of(RunEvent.created(first), RunEvent.created(early));
    assertThat(events(behind(before))).isEqualTo(both);
    assertThat(events(behind(meanwhile))).isEqualTo(both);
  }

  /** Holds a transaction that has written everything, until it may commit. */
  private record Held(CountDownLatch written, CountDownLatch commit) implements LastWrite {

    @Override
    public boolean isContended() {
      return true;
    }

    @Override
    public void write(Session session) {
      written.countDown();
      await(commit);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theDatabaseNumbersEventsWithoutAnotherStatement() {
    Job job = newJob(null);
    newRun(job);
    int before = postgres.statements().size();
    store.transactions().write(() -> IntStream.range(0, 20).mapToObj(i -> insert(job)).toList());
    assertThat(postgres.statements().subList(before, postgres.statements().size()))
        .singleElement()
        .asString()
        .contains("INSERT INTO job_runs", "INSERT INTO run_events")
        .doesNotContain("sequence");
  }

  @Test
  void newEventsComeBehindThoseOfAnotherCluster() {
    JobRun old = newRun(newJob(null));
    // As after a restored dump of a cluster that has seen more transactions than this one.
    postgres.execute("UPDATE run_events SET sequence = 1000000000000 WHERE run_id = " + old.id());
    EventPosition last = new EventPosition(1_000_000_000_000L, old.id(), 1);

    new EventNumberShift(postgres.database()).raiseIfNeeded();

    assertThat(present()).isGreaterThanOrEqualTo(last);
    JobRun next = newRun(newJob(null));
    assertThat(events(behind(last))).containsExactly(RunEvent.created(next));
    long settled = settled();
    new EventNumberShift(postgres.database()).raiseIfNeeded();
    assertThat(settled()).as("nothing more to raise").isBetween(settled, settled + 10);
  }
}
