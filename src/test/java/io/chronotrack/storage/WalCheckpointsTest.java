package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalCheckpointsTest {

  private static final long LARGEST_LOG = 12L << 20;

  /** How much each commit of {@link #write} adds to the log, at the least. */
  private static final long COMMIT = 12L << 10;

  private final Path file;
  private final Path log;
  private final Connection connection;
  private Executor threads = Runnable::run;
  private final WalMover mover;
  private final WalCheckpoints checkpoints;
  private final Connection writer;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger(WalCheckpoints.class.getPackageName());
  private final Handler listener = new Listener();

  WalCheckpointsTest(@TempDir Path folder) throws SQLException {
    file = folder.resolve("x.db");
    log = folder.resolve("x.db-wal");
    connection = SqliteConnections.openWriter(file);
    mover = new WalMover(file, work -> threads.execute(work));
    checkpoints = new WalCheckpoints(connection, mover, LARGEST_LOG);
    writer = WriterConnection.around(connection, checkpoints::afterCommit);
  }

  @BeforeEach
  void prepare() throws SQLException {
    logger.addHandler(listener);
    logger.setUseParentHandlers(false);
    try (var statement = writer.createStatement()) {
      // What is measured here is size; waiting for the disk would only take time.
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text BLOB)");
    }
    writer.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    logger.removeHandler(listener);
    logger.setUseParentHandlers(true);
    writer.close();
    mover.close();
  }

  @Test
  void readersOfWhomThereIsAlwaysOneDoNotLetTheLogGrow() throws Exception {
    long largest = whileReadersOverlap(() -> write(5_000));

    assertThat(5_000 * COMMIT).isGreaterThan(4 * LARGEST_LOG);
    assertThat(largest).isLessThan(2 * LARGEST_LOG);
    assertThat(stored()).isEqualTo(5_000);
  }

  @Test
  void whileAReaderHoldsOnWritesGoOnAndAfterItsEndTheLogShrinks() throws Exception {
    int commits = Math.toIntExact(3 * LARGEST_LOG / COMMIT);
    write(100);
    try (Connection slow = SqliteConnections.openReader(file)) {
      slow.setAutoCommit(false);
      assertThat(count(slow)).isEqualTo(100);
      write(commits);
      assertThat(Files.size(log)).isGreaterThan(3 * LARGEST_LOG);
      assertThat(count(slow)).isEqualTo(100);
      slow.commit();
    }
    write(1_000);

    assertThat(Files.size(log)).isLessThanOrEqualTo(WalCheckpoints.keptFile(LARGEST_LOG));
    assertThat(stored()).isEqualTo(100 + commits + 1_000);
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith("WARNING").contains("a reader does not end");
    assertThat(told.get(1)).startsWith("INFO").contains("begins anew");
  }

  @Test
  void afterALongReaderTheLogShrinksAlsoIfOthersGoOnToOverlap() throws Exception {
    int commits = Math.toIntExact(3 * LARGEST_LOG / COMMIT);
    write(100);
    whileReadersOverlap(
        () -> {
          try (Connection slow = SqliteConnections.openReader(file)) {
            slow.setAutoCommit(false);
            assertThat(count(slow)).isEqualTo(100);
            write(commits);
            slow.commit();
          }
          return write(commits);
        });

    assertThat(Files.size(log)).isLessThan(2 * LARGEST_LOG);
    assertThat(stored()).isEqualTo(100 + 2 * commits);
  }

  @Test
  void aLogThatNobodyReadsStaysAtItsUsualSize() throws Exception {
    assertThat(write(3_000)).isLessThanOrEqualTo(WalCheckpoints.keptFile(LARGEST_LOG));
    assertThat(told).isEmpty();
  }

  @Test
  void whileTheLogIsMovedWritersGoOnAndAfterwardsItBeginsAnew() throws Exception {
    Queue<Runnable> begun = new ArrayDeque<>();
    threads = begun::add;
    int commits = Math.toIntExact(2 * LARGEST_LOG / COMMIT);
    assertThat(write(commits)).isGreaterThan(2 * LARGEST_LOG);
    assertThat(begun).hasSize(1);
    assertThat(mover.isAtWork()).isTrue();

    threads = Runnable::run;
    begun.remove().run();
    write(1_000);

    assertThat(mover.isAtWork()).isFalse();
    assertThat(Files.size(log)).isLessThanOrEqualTo(WalCheckpoints.keptFile(LARGEST_LOG));
    assertThat(stored()).isEqualTo(commits + 1_000);
    assertThat(told).isEmpty();
  }

  @Test
  void whereItCannotBeMovedBesideTheWritersTheyMoveItAndThatIsToldOnce() throws Exception {
    try (var broken = new WalMover(file.resolve("nowhere"), Runnable::run)) {
      var alone = new WalCheckpoints(connection, broken, LARGEST_LOG);
      Connection other = WriterConnection.around(connection, alone::afterCommit);
      other.setAutoCommit(false);
      assertThat(3_000 * COMMIT).isGreaterThan(2 * LARGEST_LOG);
      assertThat(write(other, 3_000)).isLessThan(LARGEST_LOG);
    }
    assertThat(told).singleElement().asString().startsWith("WARNING").contains("beside");
  }

  @Test
  void whereThereIsNoThreadForItTheWritersMoveTheLogAndNoCommitFails() throws Exception {
    threads =
        work -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    assertThat(write(3_000)).isLessThan(LARGEST_LOG);
    assertThat(stored()).isEqualTo(3_000);
    assertThat(mover.isAtWork()).isFalse();
    assertThat(told).singleElement().asString().startsWith("WARNING");
  }

  @Test
  void afterItsEndNothingIsMovedBesideTheWriters() throws Exception {
    mover.close();
    long before = Files.size(file);
    write(10);
    mover.begin();
    assertThat(mover.isAtWork()).isFalse();
    assertThat(Files.size(file)).isEqualTo(before);
  }

  @Test
  void aCheckpointThatFailsIsToldOnceAndFailsNoCommit() throws SQLException {
    connection.close();
    for (int i = 0; i < 100; i++) {
      checkpoints.afterCommit();
    }
    assertThat(told).singleElement().asString().startsWith("WARNING");
  }

  @Test
  void theWritersOwnPatienceWithLocksIsAsBefore() throws Exception {
    whileReadersOverlap(() -> write(2_000));
    assertThat(SqliteConnections.settingsOf(connection).get("busy_timeout"))
        .isEqualTo(SqliteConnections.requiredSettings().get("busy_timeout"));
  }

  /** Commits one after the other, and tells how large the log's file was at most. */
  private long write(int commits) throws SQLException, IOException {
    return write(writer, commits);
  }

  private long write(Connection connection, int commits) throws SQLException, IOException {
    long largest = 0;
    for (int i = 0; i < commits; i++) {
      try (var statement = connection.createStatement()) {
        statement.execute("INSERT INTO notes (text) VALUES (zeroblob(" + COMMIT + "))");
      }
      connection.commit();
      largest = Math.max(largest, Files.size(log));
    }
    return largest;
  }

  private int stored() throws SQLException {
    try (Connection reader = SqliteConnections.openReader(file)) {
      return count(reader);
    }
  }

  private static int count(Connection reader) throws SQLException {
    try (var statement = reader.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM notes")) {
      return result.next() ? result.getInt(1) : -1;
    }
  }

  /** Does something while three threads read all the time. */
  private <T> T whileReadersOverlap(Callable<T> work) throws Exception {
    int threads = 3;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    var over = new AtomicBoolean();
    var reading = new CountDownLatch(threads);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        readers.add(
            executor.submit(
                () -> {
                  relay(reading, over);
                  return null;
                }));
      }
      reading.await();
      T result = work.call();
      over.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
      return result;
    } finally {
      over.set(true);
      executor.shutdown();
    }
  }

  /** Short reads, each of which begins before the one before it ends. */
  private void relay(CountDownLatch reading, AtomicBoolean over) throws SQLException {
    try (Connection one = SqliteConnections.openReader(file);
        Connection other = SqliteConnections.openReader(file)) {
      one.setAutoCommit(false);
      other.setAutoCommit(false);
      begin(one);
      reading.countDown();
      while (!over.get()) {
        begin(other);
        one.commit();
        begin(one);
        other.commit();
      }
      one.commit();
    }
  }

  private static void begin(Connection reader) throws SQLException {
    try (var statement = reader.createStatement();
        var result = statement.executeQuery("SELECT id FROM notes WHERE id = 1")) {
      result.next();
    }
  }

  private final class Listener extends Handler {

    @Override
    public void publish(LogRecord entry) {
      told.add(entry.getLevel() + " " + entry.getMessage());
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
