package io.chronotrack.storage;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The database's part of one transaction of the server's: a persistence context, and a transaction
 * of the database that is committed when the server's is about to be, and rolled back if that one
 * is.
 *
 * <p>Nothing is asked of the database before something is asked of the persistence context. Used by
 * one thread.
 */
final class UnitOfWork implements Synchronization {

  private static final System.Logger LOG = System.getLogger(UnitOfWork.class.getName());

  private final SessionFactory factory;
  private final Map<Class<?>, LastWrite> lastWrites = new LinkedHashMap<>();
  private @Nullable Session session;
  private @Nullable RuntimeException failure;

  UnitOfWork(SessionFactory factory) {
    this.factory = factory;
  }

  /** The persistence context, with its transaction begun. */
  Session session() {
    Session open = session;
    if (open == null) {
      open = factory.openSession();
      session = open;
      open.beginTransaction();
    }
    return open;
  }

  /** What is collected in this way; a new one, if there is none yet. */
  <T extends LastWrite> T lastWrite(Class<T> type, Supplier<T> none) {
    return type.cast(lastWrites.computeIfAbsent(type, missing -> none.get()));
  }

  /**
   * Sends to the database what has not been sent yet, so that what is wrong with it is met here and
   * not in the commit. To be called last.
   */
  void flush() {
    if (session != null || !lastWrites.isEmpty()) {
      Session open = session();
      open.flush();
      lastWrites.values().stream()
          .sorted(Comparator.comparing(LastWrite::isContended))
          .forEach(last -> last.write(open));
      // Or the commit would compare every row once more with what was read.
      open.setHibernateFlushMode(FlushMode.MANUAL);
    }
  }

  /** Why the commit failed, which servers do not always pass on; {@code null} if it did not. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public void beforeCompletion() {
    if (session == null) {
      return;
    }
    try {
      session.getTransaction().commit();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void afterCompletion(int status) {
    close(status);
  }

  private void close(int status) {
    Session open = session;
    session = null;
    if (open == null) {
      return;
    }
    try (open) {
      if (status != Status.STATUS_COMMITTED && open.getTransaction().isActive()) {
        open.getTransaction().rollback();
      }
    } catch (RuntimeException e) {
      // The connection is lost, and with it the database has rolled back by itself.
      LOG.log(Level.DEBUG, "A transaction could not be rolled back", e);
    }
  }
}
