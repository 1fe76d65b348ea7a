package io.chronotrack.storage;

import jakarta.persistence.EntityManager;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The persistence contexts that commands write through: one for each transaction, of the thread
 * that runs it. Safe for use by many threads.
 */
public final class WriteSessions {

  private final SessionFactory factory;

  @SuppressWarnings("ThreadLocalUsage") // Not static: tests have several databases at a time.
  private final ThreadLocal<@Nullable UnitOfWork> running = new ThreadLocal<>();

  WriteSessions(SessionFactory factory) {
    this.factory = factory;
  }

  /**
   * The persistence context of the transaction that the calling thread runs.
   *
   * @throws IllegalStateException if it runs none
   */
  public EntityManager current() {
    UnitOfWork unit = running.get();
    if (unit == null) {
      throw new IllegalStateException("a store was written outside of Transactions.write");
    }
    return unit.session();
  }

  /** Begins a unit of work of the calling thread, which has none. */
  UnitOfWork begin() {
    var unit = new UnitOfWork(factory);
    running.set(unit);
    return unit;
  }

  /** Forgets the unit of work of the calling thread. */
  void end() {
    running.remove();
  }
}
