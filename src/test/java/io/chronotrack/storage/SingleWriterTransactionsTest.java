package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.problem.NotFound;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions, and the probe that checks them, on a real database. */
@Timeout(60)
class SingleWriterTransactionsTest {

  private final SqliteFixture sqlite;

  SingleWriterTransactionsTest(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
  }

  @AfterEach
  void close() throws SQLException {
    sqlite.close();
  }

  private int insertJob(long id, String name) {
    return sqlite
        .writer()
        .createNativeQuery("INSERT INTO jobs VALUES (?1, 1, ?2, NULL, NULL, 0, 5, 5, 1)")
        .setParameter(1, id)
        .setParameter(2, name)
        .executeUpdate();
  }

  private long jobs() {
    return sqlite.transactions().read(() -> count(sqlite.reader()));
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
                              .createNativeQuery(
                                  "INSERT INTO run_events VALUES"
                                      + " (99, 1, 'CREATED', NULL, 'PENDING', '', 5, 5)")
                              .executeUpdate();
                        }));
    assertThat(jobs()).isZero();
    assertThat(sqlite.transactions().write(() -> insertJob(2, "job"))).isEqualTo(1);
  }

  @Test
  void aWriterWhoseTurnDoesNotComeIsRefusedAndReadersAreNot() throws Exception {
    var impatient = new SingleWriterTransactions(new NoTransaction(), Duration.ofMillis(20));
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
  void aWriterThatIsInterruptedWhileItWaitsIsRefused() {
    var transactions = new SingleWriterTransactions(new NoTransaction(), Duration.ofSeconds(30));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> transactions.write(() -> "never"))
        .withMessage("The service is stopping. Nothing was changed.");
    assertThat(Thread.interrupted()).isTrue();
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
                            .createNativeQuery("SELECT probed_at FROM write_probe")
                            .getSingleResult()))
        .hasToString(Long.toString(clock.millis()));
  }

  @Test
  void theProbeFindsThatARollbackIsNone() throws SQLException {
    // Each command is committed, even if it throws.
    var broken =
        new Transactions() {
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

          @Override
          public <T> T read(Supplier<T> query) {
            return query.get();
          }
        };
    var clock = new TestClock(Instant.parse("2026-01-31T09:30:00Z"));
    var probe = new WriteProbe(broken, sqlite.writer(), clock);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(probe::verifyTransactions)
        .withMessageContaining("does not take part");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
