package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.problem.NotFound;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a command wants to happen once its change is durable. */
@Timeout(60)
@NullUnmarked // JUnit fills the fields.
class OnCommitTest {

  private static SqliteFixture sqlite;

  private final List<String> done = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  static Stream<Named<Transactions>> bothKinds() {
    return Stream.of(
        Named.of("SQLite", sqlite.transactions()), Named.of("memory", new MemoryTransactions()));
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

  @ParameterizedTest
  @MethodSource("bothKinds")
  void withoutACommandItHappensAtOnce(Transactions transactions) {
    transactions.onCommit(() -> done.add("at once"));

    assertThat(done).containsExactly("at once");
  }

  @ParameterizedTest
  @MethodSource("bothKinds")
  void inACommandItHappensAfterItInOrderAndOnce(Transactions transactions) {
    String result =
        transactions.write(
            () -> {
              transactions.onCommit(() -> done.add("first"));
              transactions.onCommit(() -> done.add("second"));
              assertThat(done).isEmpty();
              return "result";
            });
    transactions.write(() -> "another command");

    assertThat(result).isEqualTo("result");
    assertThat(done).containsExactly("first", "second");
  }

  @ParameterizedTest
  @MethodSource("bothKinds")
  void inACommandOfACommandItWaitsForTheOuterOne(Transactions transactions) {
    transactions.write(
        () -> {
          transactions.write(
              () -> {
                transactions.onCommit(() -> done.add("inner"));
                return "inner";
              });
          transactions.onCommit(() -> done.add("between"));
          assertThat(done).isEmpty();
          return "outer";
        });

    assertThat(done).containsExactly("inner", "between");
  }

  @ParameterizedTest
  @MethodSource("bothKinds")
  void afterACommandThatThrowsItNeverHappens(Transactions transactions) {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(
            () ->
                transactions.write(
                    () -> {
                      transactions.onCommit(() -> done.add("never"));
                      throw new NotFound("job", 7);
                    }));
    transactions.write(() -> "another command");

    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bothKinds")
  void whatHappensMayWriteAgain(Transactions transactions) {
    transactions.write(
        () -> {
          transactions.onCommit(() -> transactions.write(() -> done.add("written")));
          return "outer";
        });

    assertThat(done).containsExactly("written");
  }

  @Test
  void ofAGroupThatIsRunAgainItHappensOnceOnTheOwnersThread() throws Exception {
    var transactions = (GroupCommitTransactions) sqlite.transactions();
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    FutureTask<Integer> first =
        inAThread(
            "first",
            () ->
                transactions.write(
                    () -> {
                      entered.countDown();
                      await(leave);
                      return insertJob(101, "first");
                    }));
    entered.await();
    List<FutureTask<Integer>> good = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int id = 110 + i;
      good.add(inAThread("owner " + i, () -> insertAndTell(transactions, id, "good")));
    }
    FutureTask<Integer> guilty =
        inAThread("guilty", () -> insertAndTell(transactions, 199, /* breaks a rule */ ""));
    while (transactions.waiting() < 9) {
      Thread.onSpinWait();
    }

    leave.countDown();

    assertThat(first.get()).isEqualTo(1);
    for (FutureTask<Integer> one : good) {
      assertThat(one.get()).isEqualTo(1);
    }
    assertThatExceptionOfType(ExecutionException.class).isThrownBy(guilty::get);
    assertThat(done)
        .containsExactlyInAnyOrder(
            "owner 0", "owner 1", "owner 2", "owner 3", "owner 4", "owner 5", "owner 6", "owner 7");
  }

  private int insertAndTell(Transactions transactions, long id, String name) {
    return transactions.write(
        () -> {
          transactions.onCommit(() -> done.add(Thread.currentThread().getName()));
          return insertJob(id, name);
        });
  }

  private static FutureTask<Integer> inAThread(String name, Callable<Integer> work) {
    var task = new FutureTask<>(work);
    new Thread(task, name).start();
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
