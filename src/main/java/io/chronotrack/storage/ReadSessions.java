package io.chronotrack.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Supplier;

/**
 * The persistence contexts that queries run in: a thread has one while {@link Transactions#read}
 * runs its query, and none before or after.
 *
 * <p>No transaction of the server's: a query changes nothing, and each of its statements sees what
 * was last committed when it began. Safe for use by many threads.
 */
public final class ReadSessions {

  private final EntityManagerFactory readers;

  @SuppressWarnings("ThreadLocalUsage") // Not static: tests have several databases at a time.
  private final ThreadLocal<EntityManager> current = new ThreadLocal<>();

  /**
   * @param readers makes persistence contexts on connections that only read
   */
  public ReadSessions(EntityManagerFactory readers) {
    this.readers = readers;
  }

  /**
   * The persistence context of the query that the calling thread runs.
   *
   * @throws IllegalStateException if it runs none
   */
  public EntityManager current() {
    EntityManager session = current.get();
    if (session == null) {
      throw new IllegalStateException("a store was read outside of Transactions.read");
    }
    return session;
  }

  /**
   * Runs a query. One inside of another shares its persistence context.
   *
   * @throws StorageUnavailable if the database cannot be read now
   */
  <T> T run(Supplier<T> query) {
    if (current.get() != null) {
      return query.get();
    }
    EntityManager session = readers.createEntityManager();
    try {
      current.set(session);
      return query.get();
    } catch (RuntimeException e) {
      throw SqliteFailures.translated(e);
    } finally {
      current.remove();
      session.close();
    }
  }
}
