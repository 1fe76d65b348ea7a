package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.chronotrack.TestClock;
import io.chronotrack.problem.NotFound;
import jakarta.persistence.EntityManager;
import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions, and the probe that checks them, on a real database. */
@Timeout(60)
class GroupCommitTransactionsTest {

  private final SqliteFixture sqlite;

  GroupCommitTransactionsTest(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
  }

  @AfterEach
  void close() throws SQLException {
    sqlite.close();
  }

  private int insertJob(long id, String name) {
    return sqlite
        .writer()
        .current()
        .createNativeQuery("INSERT INTO jobs VALUES (?1, 1, ?2, NULL, NULL, 0, 5, 5, 1)")
        .setParameter(1, id)
        .setParameter(2, name)
        .executeUpdate();
  }

  private long jobs() {
    return sqlite.transactions().read(() -> count(sqlite.reader().current()));
  }

  private static long count(EntityManager entities) {
    return ((Number) entities.createNativeQuery("SELECT count(*) FROM jobs").getSingleResult())
        .longValue();
  }

  @Test
  void aCommandThatThrowsLeavesNothing() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(
            () ->
                sqlite
                    .transactions()
                    .write(
                        () -> {
                          insertJob(1, "job");
                          throw new NotFound("job", 2);
                        }));
    assertThat(jobs()).isZero();
  }

  @Test
  void aCommandThatFailsWithAnErrorLeavesNothingAndGivesItsTurnBack() {
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                sqlite
                    .transactions()
                    .write(
                        () -> {
                          insertJob(1, "job");
                          throw new StackOverflowError("on purpose");
                        }));
    assertThat(sqlite.transactions().write(() -> insertJob(2, "job"))).isEqualTo(1);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void aBrokenConstraintIsADefectAndLeavesNothing() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () ->
                sqlite
                    .transactions()
                    .write(
                        () -> {
                          insertJob(1, "job");
                          return insertJob(2, "");
                        }))
        .isNotInstanceOf(StorageUnavailable.class);
    assertThat(jobs()).isZero();
  }

  @Test
  void aConstraintThatBreaksAtTheCommitIsADefectAndLeavesNothing() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                sqlite
                    .transactions()
                    .write(
                        () -> {
                          insertJob(1, "job");
                          return sqlite
                              .writer()
                              .current()
                              .createNativeQuery(
                                  "INSERT INTO run_events VALUES"
                                      + " (99, 1, 'CREATED', NULL, 'PENDING', '', 5, 5, NULL)")
                              .executeUpdate();
                        }));
    assertThat(jobs()).isZero();
    assertThat(sqlite.transactions().write(() -> insertJob(2, "job"))).isEqualTo(1);
  }

  @Test
  void aWriterWhoseTurnDoesNotComeIsRefusedAndReadersAreNot() throws Exception {
    var impatient = transactions(new ThreadTransaction(), Duration.ofMillis(20), 10);
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var first =
        new FutureTask<>(
            () ->
                impatient.write(
                    () -> {
                      entered.countDown();
                      await(leave);
                      return "done";
                    }));
    new Thread(first, "first writer").start();
    entered.await();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> impatient.write(() -> "never"))
        .withMessage("Too many writes are waiting. Nothing was changed.");
    assertThat(impatient.read(() -> "read")).isEqualTo("read");
    leave.countDown();
    assertThat(first.get()).isEqualTo("done");
    assertThat(impatient.write(() -> "again")).isEqualTo("again");
  }

  @Test
  void whatComesDuringACommitSharesTheNextOne() throws Exception {
    var slow = new SlowCommits();
    var transactions = transactions(slow, Duration.ofSeconds(30), 100);
    FutureTask<String> first = inAThread(() -> transactions.write(() -> "first"));
    slow.awaitCommit();
    List<FutureTask<String>> others = twentyThatWait(transactions, i -> "write " + i);

    slow.letThemPass();

    assertThat(first.get()).isEqualTo("first");
    for (int i = 0; i < 20; i++) {
      assertThat(others.get(i).get()).isEqualTo("write " + i);
    }
    assertThat(slow.commits()).isEqualTo(2);
  }

  @Test
  void aCommandThatIsRefusedAmongOthersDisturbsNoneOfThem() throws Exception {
    var slow = new SlowCommits();
    var transactions = transactions(slow, Duration.ofSeconds(30), 100);
    FutureTask<String> first = inAThread(() -> transactions.write(() -> "first"));
    slow.awaitCommit();
    FutureTask<String> refused =
        inAThread(
            () ->
                transactions.write(
                    () -> {
                      throw new NotFound("job", 7);
                    }));
    FutureTask<String> good = inAThread(() -> transactions.write(() -> "good"));
    awaitWaiting(transactions, 2);

    slow.letThemPass();

    assertThat(first.get()).isEqualTo("first");
    assertThat(good.get()).isEqualTo("good");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(refused::get)
        .withCauseInstanceOf(NotFound.class)
        .withMessageContaining("There is no job 7.");
    assertThat(slow.commits()).isEqualTo(2);
  }

  /** They wake each other, whatever becomes of them afterwards. */
  @Test
  void anActionAfterTheCommitThatFailsKeepsNobodyWaiting() throws Exception {
    var slow = new SlowCommits();
    var transactions = transactions(slow, Duration.ofSeconds(30), 100);
    FutureTask<String> first = inAThread(() -> transactions.write(() -> "first"));
    slow.awaitCommit();
    List<FutureTask<String>> others =
        twentyThatWait(
            transactions,
            i -> {
              transactions.onCommit(
                  () -> {
                    throw new IllegalStateException("on purpose");
                  });
              return "written";
            });

    slow.letThemPass();

    assertThat(first.get()).isEqualTo("first");
    for (FutureTask<String> other : others) {
      assertThat(other)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withCauseInstanceOf(IllegalStateException.class)
          .withMessageContaining("on purpose");
    }
    assertThat(slow.commits()).isEqualTo(2);
  }

  /** Or it would sleep on for ever: it is woken once, and finds nothing yet. */
  @Test
  void nobodyIsToBeWokenBeforeTheResultIsThere() {
    var last = new QueuedWrite<>(() -> "last");
    var first = new QueuedWrite<>(() -> "first");
    assertThatIllegalStateException().isThrownBy(() -> first.finish(last));
    assertThat(first.isFinished()).isFalse();
    last.finish(null);
    first.finish(last);
    assertThat(first.isFinished()).isTrue();
  }

  @Test
  void ifASharedTransactionFailsOnlyTheCommandFailsThatIsToBlame() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var transactions = (GroupCommitTransactions) sqlite.transactions();
    FutureTask<Integer> first =
        inAThread(
            () ->
                transactions.write(
                    () -> {
                      entered.countDown();
                      await(leave);
                      return insertJob(1, "first");
                    }));
    entered.await();
    List<FutureTask<Integer>> good = new ArrayList<>();
    for (int i = 2; i < 10; i++) {
      int id = i;
      good.add(inAThread(() -> transactions.write(() -> insertJob(id, "good"))));
    }
    FutureTask<Integer> guilty = inAThread(() -> transactions.write(() -> insertJob(99, "")));
    awaitWaiting(transactions, 9);

    leave.countDown();

    assertThat(first.get()).isEqualTo(1);
    for (FutureTask<Integer> one : good) {
      assertThat(one.get()).isEqualTo(1);
    }
    assertThatExceptionOfType(ExecutionException.class).isThrownBy(guilty::get);
    assertThat(jobs()).isEqualTo(9);
  }

  @Test
  void aFullQueueRefusesWithoutWaiting() throws Exception {
    var slow = new SlowCommits();
    var transactions = transactions(slow, Duration.ofSeconds(30), 2);
    FutureTask<String> first = inAThread(() -> transactions.write(() -> "first"));
    slow.awaitCommit();
    FutureTask<String> second = inAThread(() -> transactions.write(() -> "second"));
    FutureTask<String> third = inAThread(() -> transactions.write(() -> "third"));
    awaitWaiting(transactions, 2);

    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> transactions.write(() -> "never"))
        .withMessage("Too many writes are waiting. Nothing was changed.");

    slow.letThemPass();
    assertThat(first.get()).isEqualTo("first");
    assertThat(second.get()).isEqualTo("second");
    assertThat(third.get()).isEqualTo("third");
  }

  @Test
  void aWriterThatIsInterruptedWhileItWaitsIsRefused() throws Exception {
    var slow = new SlowCommits();
    var transactions = transactions(slow, Duration.ofSeconds(30), 10);
    FutureTask<String> first = inAThread(() -> transactions.write(() -> "first"));
    slow.awaitCommit();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> transactions.write(() -> "never"));
    assertThat(Thread.interrupted()).isTrue();
    slow.letThemPass();
    assertThat(first.get()).isEqualTo("first");
  }

  @Test
  void manyWritersSideBySideAllGetTheirTurn() throws Exception {
    var done = new AtomicInteger();
    SideBySide.run(
        task -> new Thread(task, "writer").start(),
        64,
        writer -> {
          for (int i = 0; i < 20; i++) {
            int id = 1 + writer * 20 + i;
            done.addAndGet(sqlite.transactions().write(() -> insertJob(id, "job")));
          }
          return writer;
        });
    assertThat(done).hasValue(64 * 20);
    assertThat(jobs()).isEqualTo(64 * 20);
  }

  @Test
  void theProbeFindsThatTransactionsWork() {
    var clock = new TestClock(Instant.parse("2026-01-31T09:30:00Z"));
    var probe = new WriteProbe(sqlite.transactions(), sqlite.writer(), clock);
    probe.verifyTransactions();
    clock.move(Duration.ofSeconds(1));
    probe.write();
    assertThat(
            sqlite
                .transactions()
                .<Object>read(
                    () ->
                        sqlite
                            .reader()
                            .current()
                            .createNativeQuery("SELECT probed_at FROM write_probe")
                            .getSingleResult()))
        .hasToString(Long.toString(clock.millis()));
  }

  /** The application's transactions, but for how they write. */
  private abstract class OtherwiseWritten implements Transactions {

    @Override
    public final <T> T read(Supplier<T> query) {
      return sqlite.transactions().read(query);
    }

    @Override
    public final void onCommit(Runnable action) {
      sqlite.transactions().onCommit(action);
    }
  }

  @Test
  void theProbeIsNotDisturbedByThatOfAnotherInstance() {
    var clock = new TestClock(Instant.parse("2026-01-31T09:30:00Z"));
    var other =
        new WriteProbe(
            sqlite.transactions(), sqlite.writer(), new TestClock(Instant.ofEpochMilli(777)));
    var commands = new AtomicInteger();
    var together =
        new OtherwiseWritten() {
          @Override
          public <T> T write(Supplier<T> command) {
            if (commands.incrementAndGet() == 3) {
              // Before the probe looks at what is stored.
              other.write();
            }
            return sqlite.transactions().write(command);
          }
        };

    new WriteProbe(together, sqlite.writer(), clock).verifyTransactions();

    assertThat(commands).hasValue(6);
  }

  @Test
  void theProbeFindsThatARollbackIsNone() throws SQLException {
    // Each command is committed, even if it throws.
    var broken =
        new OtherwiseWritten() {
          @Override
          public <T> T write(Supplier<T> command) {
            Supplier<T> outcome =
                sqlite
                    .transactions()
                    .write(
                        () -> {
                          try {
                            T result = command.get();
                            return () -> result;
                          } catch (RuntimeException e) {
                            return () -> {
                              throw e;
                            };
                          }
                        });
            return outcome.get();
          }
        };
    var clock = new TestClock(Instant.parse("2026-01-31T09:30:00Z"));
    var probe = new WriteProbe(broken, sqlite.writer(), clock);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(probe::verifyTransactions)
        .withMessageContaining("does not take part");
  }

  private GroupCommitTransactions transactions(
      ThreadTransaction server, Duration longestWait, int longestQueue) {
    return new GroupCommitTransactions(
        new JtaTransaction(server, server, sqlite.writer()),
        sqlite.reader(),
        longestWait,
        longestQueue);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> FutureTask<T> inAThread(Callable<T> work) {
    var task = new FutureTask<>(work);
    new Thread(task, "writer").start();
    return task;
  }

  /** Commands of as many threads, all of them in the queue. */
  private static List<FutureTask<String>> twentyThatWait(
      GroupCommitTransactions transactions, IntFunction<String> command) {
    List<FutureTask<String>> writes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      writes.add(inAThread(() -> transactions.write(() -> command.apply(number))));
    }
    awaitWaiting(transactions, 20);
    return writes;
  }

  private static void awaitWaiting(GroupCommitTransactions transactions, int writes) {
    while (transactions.waiting() < writes) {
      Thread.onSpinWait();
    }
  }

  /** Transactions whose commits wait until they are let pass. */
  private static final class SlowCommits extends ThreadTransaction {

    private final CountDownLatch committing = new CountDownLatch(1);
    private final CountDownLatch pass = new CountDownLatch(1);
    private final AtomicInteger commits = new AtomicInteger();

    @Override
    public void commit() throws RollbackException {
      committing.countDown();
      await(pass);
      commits.incrementAndGet();
      super.commit();
    }

    void awaitCommit() throws InterruptedException {
      committing.await();
    }

    void letThemPass() {
      pass.countDown();
    }

    int commits() {
      return commits.get();
    }
  }
}
