package io.chronotrack.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Table;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The persistence contexts that commands write through: one for each transaction, of the thread
 * that runs it. Safe for use by many threads.
 */
public final class WriteSessions {

  /** What the sequences of {@code db/migration/postgresql} go up by. */
  private static final int BLOCK = 64;

  private final SessionFactory factory;
  private final boolean isShared;
  private final Turnstile turnstile;

  @SuppressWarnings("ThreadLocalUsage") // Not static: tests have several databases at a time.
  private final ThreadLocal<@Nullable UnitOfWork> running = new ThreadLocal<>();

  /**
   * @param isShared whether other processes write to the database as well
   * @param turnstile where those wait who want to write
   */
  WriteSessions(SessionFactory factory, boolean isShared, Turnstile turnstile) {
    this.factory = factory;
    this.isShared = isShared;
    this.turnstile = turnstile;
  }

  /**
   * The persistence context of the transaction that the calling thread runs.
   *
   * @throws IllegalStateException if it runs none
   */
  public EntityManager current() {
    return unit().session();
  }

  /**
   * What the running transaction collects in this way; a new one, if it has none yet. It is gone
   * with the transaction, whatever becomes of that.
   *
   * @throws IllegalStateException if the calling thread runs none
   */
  public <T extends LastWrite> T lastWrite(Class<T> type, Supplier<T> none) {
    return unit().lastWrite(type, none);
  }

  /** Whether several transactions write at a time, here or in other processes. */
  public boolean isShared() {
    return isShared;
  }

  /** Where those wait who want to write, before they begin. */
  Turnstile turnstile() {
    return turnstile;
  }

  private UnitOfWork unit() {
    UnitOfWork unit = running.get();
    if (unit == null) {
      throw new IllegalStateException("a store was written outside of Transactions.write");
    }
    return unit;
  }

  /**
   * Gives out the ids of a table, inside of transactions.
   *
   * @param row the class of its rows, with the name of the table; where others give out ids as
   *     well, the table has a sequence {@code <table>_ids}
   */
  public IdCounter ids(Class<?> row) {
    if (isShared) {
      String sequence = row.getAnnotation(Table.class).name() + "_ids";
      return new IdCounter(() -> lastBefore(sequence), BLOCK);
    }
    String highest = "select coalesce(max(r.id), 0) from " + row.getSimpleName() + " r";
    return new IdCounter(() -> current().createQuery(highest, Long.class).getSingleResult());
  }

  /** Past Hibernate, which before a query of its own would write what it has collected. */
  private long lastBefore(String sequence) {
    return current()
        .unwrap(Session.class)
        .doReturningWork(
            connection -> {
              try (var statement =
                      connection.prepareStatement("SELECT nextval('" + sequence + "')");
                  var result = statement.executeQuery()) {
                if (!result.next()) {
                  throw new IllegalStateException(sequence + " gives nothing");
                }
                return result.getLong(1) - BLOCK;
              }
            });
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
