package io.chronotrack.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a server's transactions that the stores rely on: each is bound to its thread, has one
 * persistence context, and ends with its commit. The connection is only taken when something is
 * asked of it.
 */
final class ThreadTransaction implements UserTransaction {

  private final EntityManagerFactory writers;
  private final Map<Thread, Context> current = new ConcurrentHashMap<>();

  ThreadTransaction(EntityManagerFactory writers) {
    this.writers = writers;
  }

  private static final class Context {
    private @Nullable EntityManager writer;
  }

  EntityManager writer() {
    Context context = required();
    EntityManager writer = context.writer;
    if (writer == null) {
      writer = writers.createEntityManager();
      writer.getTransaction().begin();
      context.writer = writer;
    }
    return writer;
  }

  private Context required() {
    Context context = current.get(Thread.currentThread());
    if (context == null) {
      throw new IllegalStateException("a store was written outside of a transaction");
    }
    return context;
  }

  @Override
  public void begin() throws NotSupportedException {
    if (current.get(Thread.currentThread()) != null) {
      throw new NotSupportedException("this thread has a transaction");
    }
    current.put(Thread.currentThread(), new Context());
  }

  @Override
  public void commit() throws RollbackException {
    Context context = required();
    try {
      if (context.writer != null) {
        context.writer.getTransaction().commit();
      }
    } catch (PersistenceException e) {
      var rollback = new RollbackException("the commit failed");
      rollback.initCause(e);
      throw rollback;
    } finally {
      end(context);
    }
  }

  @Override
  public void rollback() {
    Context context = required();
    try {
      if (context.writer != null) {
        context.writer.getTransaction().rollback();
      }
    } finally {
      end(context);
    }
  }

  private void end(Context context) {
    current.remove(Thread.currentThread());
    if (context.writer != null) {
      context.writer.close();
    }
  }

  @Override
  public void setRollbackOnly() {
    writer().getTransaction().setRollbackOnly();
  }

  @Override
  public int getStatus() {
    return current.get(Thread.currentThread()) == null
        ? Status.STATUS_NO_TRANSACTION
        : Status.STATUS_ACTIVE;
  }

  @Override
  public void setTransactionTimeout(int seconds) {
    // Nothing here takes long.
  }
}
