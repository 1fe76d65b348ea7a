package io.chronotrack.storage;

import io.chronotrack.problem.DomainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StaleObjectStateException;
import org.hibernate.StaleStateException;
import org.jspecify.annotations.Nullable;

/**
 * JTA transactions for a database that many write to at a time, in this process and in others: each
 * command has one of its own, on the thread that wants it.
 *
 * <p>Nobody waits for what others might do. Whoever has lost a race, because a row that was read
 * has another version now or somebody else has just stored what only one can store, is rolled back,
 * and the command is run again: it then sees what the winner has done, and decides on that. From
 * its second time on, it takes turns with all others that want the row for another time as well,
 * and loses to newcomers at most, who know nothing of turns yet; for as long as a write may wait.
 */
public final class ConcurrentTransactions implements Transactions {

  /** Whoever finds taken what it stores as often as that has not just come too late. */
  private static final int MOST_TIMES_TAKEN = 5;

  /** After a collision for which there is no turn to take; longer each time. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Turns of this process; rows that share one wait for each other without need. */
  private static final int TURNS = 256;

  private final ReentrantLock[] turns =
      Stream.generate(ReentrantLock::new).limit(TURNS).toArray(ReentrantLock[]::new);

  private final JtaTransaction transaction;
  private final WriteSessions writers;
  private final ReadSessions readers;
  private final Duration longestWait;

  @SuppressWarnings("ThreadLocalUsage") // Not static: tests have several databases at a time.
  private final ThreadLocal<@Nullable List<Runnable>> running = new ThreadLocal<>();

  /**
   * @param transaction runs a command
   * @param writers where commands write
   * @param readers where queries run
   * @param longestWait how long a command may lose to others before it is refused
   */
  public ConcurrentTransactions(
      JtaTransaction transaction,
      WriteSessions writers,
      ReadSessions readers,
      Duration longestWait) {
    this.transaction = transaction;
    this.writers = writers;
    this.readers = readers;
    this.longestWait = longestWait;
  }

  @Override
  public <T> T write(Supplier<T> command) {
    if (running.get() != null) {
      return command.get();
    }
    List<Runnable> onCommit = new ArrayList<>();
    T result = runUntilDecided(command, onCommit);
    onCommit.forEach(Runnable::run);
    return result;
  }

  @Override
  public <T> T read(Supplier<T> query) {
    return readers.run(query);
  }

  @Override
  public void onCommit(Runnable action) {
    List<Runnable> actions = running.get();
    if (actions == null) {
      action.run();
    } else {
      actions.add(action);
    }
  }

  private <T> T runUntilDecided(Supplier<T> command, List<Runnable> onCommit) {
    long begin = System.nanoTime();
    // All that it lost a race for, so that it never loses to one who waits for another of them.
    var contested = new TreeSet<Long>();
    int timesTaken = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        return contested.isEmpty()
            ? run(command, onCommit)
            : runInTurn(contested, command, onCommit);
      } catch (DomainException e) {
        throw e;
      } catch (RuntimeException e) {
        StaleStateException stale = staleRow(e).orElse(null);
        if (PostgresFailures.isTaken(e)) {
          if (++timesTaken == MOST_TIMES_TAKEN) {
            throw e;
          }
          // Such as an external id, which two have looked for and neither has found.
          contested.add((long) PostgresFailures.tableOf(e).hashCode());
        } else if (stale == null && !PostgresFailures.isCollision(e)) {
          throw e;
        } else if (System.nanoTime() - begin >= longestWait.toNanos()) {
          throw tooManyAtOnce(e);
        } else if (stale instanceof StaleObjectStateException row) {
          contested.add(31L * row.getEntityName().hashCode() + row.getIdentifier().hashCode());
        } else {
          pause(attempt);
        }
      }
    }
  }

  private <T> T run(Supplier<T> command, List<Runnable> onCommit) {
    onCommit.clear();
    running.set(onCommit);
    try {
      return writers.turnstile().pass(() -> transaction.run(command));
    } finally {
      running.remove();
    }
  }

  /**
   * Runs the command after all others that had to be run again for one of the same reasons. Without
   * that, of many who change one row all but one would be in vain, each time.
   *
   * <p>Those of this process wait here, without a connection, so that however many there are they
   * hold one at most; those of other processes wait in the database. That is not a lock of the row:
   * it would be taken before others which commands take before they change a row, and two that wait
   * for each other are a deadlock. Turns themselves are taken in one order by all.
   */
  private <T> T runInTurn(SortedSet<Long> keys, Supplier<T> command, List<Runnable> onCommit) {
    List<ReentrantLock> taken =
        keys.stream().map(key -> Math.floorMod(key, TURNS)).sorted().map(i -> turns[i]).toList();
    taken.forEach(ReentrantLock::lock);
    try {
      return run(
          () -> {
            keys.forEach(this::awaitOtherProcesses);
            return command.get();
          },
          onCommit);
    } finally {
      taken.forEach(ReentrantLock::unlock);
    }
  }

  private void awaitOtherProcesses(long key) {
    writers
        .current()
        .unwrap(Session.class)
        .doWork(
            connection -> {
              try (var statement = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
                statement.setLong(1, key);
                statement.execute();
              }
            });
  }

  /** What Hibernate says of a row that was changed by others since it was read, if it does. */
  private static Optional<StaleStateException> staleRow(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StaleStateException stale) {
        return Optional.of(stale);
      }
    }
    return Optional.empty();
  }

  private static void pause(int times) {
    long longest = PAUSE.toNanos() * times;
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
  }

  private static StorageUnavailable tooManyAtOnce(RuntimeException cause) {
    return new StorageUnavailable(
        "Too many requests change the same at the moment. Nothing was changed.", cause);
  }
}
