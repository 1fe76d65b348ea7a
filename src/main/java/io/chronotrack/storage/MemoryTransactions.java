package io.chronotrack.storage;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Transactions of the in-memory stores: one command at a time. Nothing is rolled back, which the
 * stores do not need as long as commands check everything before they change anything.
 */
public final class MemoryTransactions implements Transactions {

  private final ReentrantLock turn = new ReentrantLock();

  @Override
  public <T> T write(Supplier<T> command) {
    turn.lock();
    try {
      return command.get();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public <T> T read(Supplier<T> query) {
    return query.get();
  }
}
