package io.chronotrack.storage;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.function.Supplier;

/** Runs work in a transaction of the server's, and tells failures that may pass from defects. */
public final class JtaTransaction {

  private final UserTransaction transaction;
  private final TransactionSynchronizationRegistry registry;
  private final WriteSessions sessions;

  /**
   * @param transaction the server's transactions, each bound to the calling thread
   * @param registry tells the database when one ends
   * @param sessions where the work writes
   */
  public JtaTransaction(
      UserTransaction transaction,
      TransactionSynchronizationRegistry registry,
      WriteSessions sessions) {
    this.transaction = transaction;
    this.registry = registry;
    this.sessions = sessions;
  }

  /**
   * Runs work in a transaction of its own.
   *
   * @throws StorageUnavailable if the database cannot do it now; nothing was changed
   */
  <T> T run(Supplier<T> work) {
    begin();
    UnitOfWork unit = sessions.begin();
    try {
      T result = workIn(unit, work);
      commit(unit);
      return result;
    } finally {
      sessions.end();
    }
  }

  private <T> T workIn(UnitOfWork unit, Supplier<T> work) {
    try {
      // Interposed, hence after all others: nobody writes any more when it commits.
      registry.registerInterposedSynchronization(unit);
      T result = work.get();
      unit.flush();
      return result;
    } catch (RuntimeException | Error e) {
      rollBackAfter(e);
      throw DatabaseFailures.translated(e);
    }
  }

  private void begin() {
    try {
      transaction.begin();
    } catch (NotSupportedException | SystemException e) {
      throw new IllegalStateException("no transaction could be begun", e);
    }
  }

  private void commit(UnitOfWork unit) {
    try {
      transaction.commit();
    } catch (RollbackException
        | HeuristicMixedException
        | HeuristicRollbackException
        | SystemException e) {
      RuntimeException failure = unit.failure();
      if (failure != null && PostgresFailures.isConnectionLost(failure)) {
        throw new StorageUnavailable(
            "The database was lost while the change was being stored: whether it was is unknown.",
            failure);
      }
      if (failure != null && !DatabaseFailures.isTransient(failure)) {
        throw new IllegalStateException("the transaction was rolled back", failure);
      }
      throw DatabaseFailures.unavailable(failure == null ? e : failure);
    }
  }

  private void rollBackAfter(Throwable failure) {
    try {
      transaction.rollback();
    } catch (SystemException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
