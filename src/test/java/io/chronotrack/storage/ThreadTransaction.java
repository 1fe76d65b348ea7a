package io.chronotrack.storage;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a server's transactions that the stores rely on: each is bound to its thread, and
 * tells those who ask for it before and after it ends.
 */
class ThreadTransaction implements UserTransaction, TransactionSynchronizationRegistry {

  private final Map<Thread, List<Synchronization>> running = new ConcurrentHashMap<>();

  @Override
  public void begin() throws NotSupportedException {
    if (running.putIfAbsent(Thread.currentThread(), new ArrayList<>()) != null) {
      throw new NotSupportedException("this thread has a transaction");
    }
  }

  @Override
  public void commit() throws RollbackException {
    int status = Status.STATUS_ROLLEDBACK;
    try {
      required().forEach(Synchronization::beforeCompletion);
      status = Status.STATUS_COMMITTED;
    } catch (RuntimeException e) {
      // As servers do, without the cause.
      throw new RollbackException("the commit failed");
    } finally {
      end(status);
    }
  }

  @Override
  public void rollback() {
    end(Status.STATUS_ROLLEDBACK);
  }

  @Override
  public void registerInterposedSynchronization(Synchronization synchronization) {
    required().add(synchronization);
  }

  @Override
  public int getStatus() {
    return running.containsKey(Thread.currentThread())
        ? Status.STATUS_ACTIVE
        : Status.STATUS_NO_TRANSACTION;
  }

  @Override
  public int getTransactionStatus() {
    return getStatus();
  }

  private List<Synchronization> required() {
    List<Synchronization> synchronizations = running.get(Thread.currentThread());
    if (synchronizations == null) {
      throw new IllegalStateException("there is no transaction");
    }
    return synchronizations;
  }

  private void end(int status) {
    List<Synchronization> synchronizations = required();
    running.remove(Thread.currentThread());
    synchronizations.forEach(synchronization -> synchronization.afterCompletion(status));
  }

  @Override
  public void setRollbackOnly() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean getRollbackOnly() {
    return false;
  }

  @Override
  public void setTransactionTimeout(int seconds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object getTransactionKey() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putResource(Object key, @Nullable Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object getResource(Object key) {
    throw new UnsupportedOperationException();
  }
}
