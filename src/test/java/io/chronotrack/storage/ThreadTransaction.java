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
 * persistence context of each unit, and ends with the commit of the writer's. The writer's
 * connection is only taken when something is asked of it, so that readers wait for nobody.
 */
final class ThreadTransaction implements UserTransaction {

  private final EntityManagerFactory writers;
  private final EntityManagerFactory readers;
  private final Map<Thread, Contexts> current = new ConcurrentHashMap<>();

  ThreadTransaction(EntityManagerFactory writers, EntityManagerFactory readers) {
    this.writers = writers;
    this.readers = readers;
  }

  private static final class Contexts {
    private @Nullable EntityManager writer;
    private @Nullable EntityManager reader;
  }

  EntityManager writer() {
    Contexts contexts = required();
    EntityManager writer = contexts.writer;
    if (writer == null) {
      writer = writers.createEntityManager();
      writer.getTransaction().begin();
      contexts.writer = writer;
    }
    return writer;
  }

  EntityManager reader() {
    Contexts contexts = required();
    EntityManager reader = contexts.reader;
    if (reader == null) {
      reader = readers.createEntityManager();
      contexts.reader = reader;
    }
    return reader;
  }

  private Contexts required() {
    Contexts contexts = current.get(Thread.currentThread());
    if (contexts == null) {
      throw new IllegalStateException("the stores were used outside of a transaction");
    }
    return contexts;
  }

  @Override
  public void begin() throws NotSupportedException {
    if (current.get(Thread.currentThread()) != null) {
      throw new NotSupportedException("this thread has a transaction");
    }
    current.put(Thread.currentThread(), new Contexts());
  }

  @Override
  public void commit() throws RollbackException {
    Contexts contexts = required();
    try {
      if (contexts.writer != null) {
        contexts.writer.getTransaction().commit();
      }
    } catch (PersistenceException e) {
      var rollback = new RollbackException("the commit failed");
      rollback.initCause(e);
      throw rollback;
    } finally {
      end(contexts);
    }
  }

  @Override
  public void rollback() {
    Contexts contexts = required();
    try {
      if (contexts.writer != null) {
        contexts.writer.getTransaction().rollback();
      }
    } finally {
      end(contexts);
    }
  }

  private void end(Contexts contexts) {
    current.remove(Thread.currentThread());
    if (contexts.writer != null) {
      contexts.writer.close();
    }
    if (contexts.reader != null) {
      contexts.reader.close();
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
