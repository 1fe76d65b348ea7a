package io.chronotrack.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * JTA transactions for a database with one writer: whatever waits to be written is written in one
 * transaction, and each command's owner gets its result after that one commit.
 *
 * <p>A command queues. Whoever finds nobody at work takes all commands that wait, runs them one
 * after the other in a transaction that they share, commits, hands out the results, and wakes the
 * owner of the first command that has come meanwhile. So a lone command is committed at once, and
 * the more come while a commit is on its way to the disk, the more share the next. The idea is old:
 * D. DeWitt et al., "Implementation Techniques for Main Memory Database Systems", SIGMOD 1984.
 *
 * <p>If the shared transaction fails, it is rolled back and its commands run again, each in a
 * transaction of its own, so that only the one fails which is to blame. Readers queue nowhere.
 */
public final class GroupCommitTransactions implements Transactions {

  /** Most commands of one transaction: more would let the first ones wait for no gain. */
  private static final int LARGEST_GROUP = 256;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final JtaTransaction transaction;
  private final ReadSessions readers;
  private final Duration longestWait;
  private final int longestQueue;

  private final Queue<QueuedWrite<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean atWork = new AtomicBoolean();

  /** Who is at work, if anybody is. */
  private volatile @Nullable Thread worker;

  /** The command that it runs; for the worker alone. */
  private @Nullable QueuedWrite<?> running;

  /**
   * @param transaction runs a group
   * @param readers where queries run
   * @param longestWait how long a command waits for its turn before it is refused
   * @param longestQueue how many commands wait before further ones are refused
   */
  public GroupCommitTransactions(
      JtaTransaction transaction, ReadSessions readers, Duration longestWait, int longestQueue) {
    this.transaction = transaction;
    this.readers = readers;
    this.longestWait = longestWait;
    this.longestQueue = longestQueue;
  }

  @Override
  public <T> T write(Supplier<T> command) {
    if (isInside()) {
      return command.get();
    }
    var write = new QueuedWrite<>(command);
    enqueue(write);
    long deadline = System.nanoTime() + longestWait.toNanos();
    while (!write.isFinished()) {
      if (atWork.compareAndSet(false, true)) {
        work();
      } else {
        await(write, deadline);
      }
    }
    return write.result();
  }

  @Override
  public <T> T read(Supplier<T> query) {
    return readers.run(query);
  }

  @Override
  public void onCommit(Runnable action) {
    QueuedWrite<?> command = isInside() ? running : null;
    if (command == null) {
      action.run();
    } else {
      command.onCommit(action);
    }
  }

  /** Whether the caller is a command that runs now: then its own writes are part of it. */
  private boolean isInside() {
    return worker == Thread.currentThread();
  }

  /** How many commands wait for their turn. */
  int waiting() {
    return waiting.get();
  }

  private void enqueue(QueuedWrite<?> write) {
    if (waiting.incrementAndGet() > longestQueue) {
      waiting.decrementAndGet();
      throw tooManyWait();
    }
    queue.add(write);
  }

  /**
   * Waits for the result, for the turn, or for nothing at all: the caller looks again. In the queue
   * first and asleep afterwards, so that whoever stops working either sees the command or is seen.
   */
  private void await(QueuedWrite<?> write, long deadline) {
    long left = deadline - System.nanoTime();
    if (write.isWaiting() && (left <= 0 || Thread.currentThread().isInterrupted())) {
      giveUp(write);
    }
    if (write.isWaiting()) {
      LockSupport.parkNanos(this, left);
    } else if (!write.isFinished()) {
      // Somebody is running it: it will be finished, and cannot be given up.
      LockSupport.park(this);
    }
  }

  private void giveUp(QueuedWrite<?> write) {
    if (write.abandon()) {
      if (!atWork.get()) {
        // It may have been woken to take the turn, which must not end here.
        wakeFirst();
      }
      throw tooManyWait();
    }
  }

  private void work() {
    List<QueuedWrite<?>> group;
    try {
      worker = Thread.currentThread();
      group = takeGroup();
      if (group.size() == 1) {
        runAlone(group.get(0));
      } else if (group.size() > 1) {
        runTogether(group);
      }
    } finally {
      running = null;
      worker = null;
      atWork.set(false);
      wakeFirst();
    }
    finish(group);
  }

  /**
   * Lets the owners have their results. As many are woken as there are processors, and each of them
   * wakes another: all at once they would stand in line for the processors before whoever writes
   * the next group, for whom all wait. Last of all, because that group is written meanwhile.
   */
  private static void finish(List<QueuedWrite<?>> group) {
    // Backwards: whoever has a result may be awake, and wakes the next one at once.
    for (int i = group.size() - 1; i >= 0; i--) {
      int next = i + PROCESSORS;
      group.get(i).finish(next < group.size() ? group.get(next) : null);
    }
    group.stream().limit(PROCESSORS).forEach(QueuedWrite::wake);
  }

  private List<QueuedWrite<?>> takeGroup() {
    List<QueuedWrite<?>> group = new ArrayList<>();
    while (group.size() < LARGEST_GROUP) {
      QueuedWrite<?> next = queue.poll();
      if (next == null) {
        break;
      }
      waiting.decrementAndGet();
      if (next.take()) {
        group.add(next);
      }
    }
    return group;
  }

  private void runTogether(List<QueuedWrite<?>> group) {
    try {
      transaction.run(
          () -> {
            for (QueuedWrite<?> write : group) {
              running = write;
              write.runAmongOthers();
            }
            return group;
          });
    } catch (RuntimeException | Error e) {
      if (SqliteFailures.isLocked(e)) {
        // Each alone would wait as long for the lock, one after the other.
        group.forEach(write -> write.fail(e));
      } else {
        group.forEach(this::runAlone);
      }
    }
  }

  private void runAlone(QueuedWrite<?> write) {
    running = write;
    write.runAlone(transaction);
  }

  private void wakeFirst() {
    QueuedWrite<?> first = queue.peek();
    while (first != null && !first.isWaiting()) {
      if (queue.remove(first)) {
        waiting.decrementAndGet();
      }
      first = queue.peek();
    }
    if (first != null) {
      first.wake();
    }
  }

  private static StorageUnavailable tooManyWait() {
    return new StorageUnavailable("Too many writes are waiting. Nothing was changed.", null);
  }
}
