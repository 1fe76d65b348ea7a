package io.chronotrack.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Transactions of the in-memory stores: one command at a time. Nothing is rolled back, which the
 * stores do not need as long as commands check everything before they change anything.
 */
public final class MemoryTransactions implements Transactions {

  private final ReentrantLock turn = new ReentrantLock();

  /** What the command that has the turn wants to happen after it. */
  private final List<Runnable> onCommit = new ArrayList<>();

  @Override
  public <T> T write(Supplier<T> command) {
    if (turn.isHeldByCurrentThread()) {
      return command.get();
    }
    List<Runnable> actions;
    T result;
    turn.lock();
    try {
      onCommit.clear();
      result = command.get();
      actions = List.copyOf(onCommit);
    } finally {
      turn.unlock();
    }
    actions.forEach(Runnable::run);
    return result;
  }

  @Override
  public <T> T read(Supplier<T> query) {
    return query.get();
  }

  @Override
  public void onCommit(Runnable action) {
    if (turn.isHeldByCurrentThread()) {
      onCommit.add(action);
    } else {
      action.run();
    }
  }
}
