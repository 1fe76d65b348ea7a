package io.chronotrack.storage;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Runs work in a transaction of the server's, and tells failures that may pass from defects. */
final class JtaTransaction {

  private final UserTransaction transaction;

  /**
   * @param transaction the server's transactions, each bound to the calling thread
   */
  JtaTransaction(UserTransaction transaction) {
    this.transaction = transaction;
  }

  /**
   * Runs work in a transaction of its own.
   *
   * @throws StorageUnavailable if the database cannot do it now; nothing was changed
   */
  <T> T run(Supplier<T> work) {
    begin();
    T result;
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      rollBackAfter(e);
      throw SqliteFailures.translated(e);
    }
    commit();
    return result;
  }

  private void begin() {
    try {
      transaction.begin();
    } catch (NotSupportedException | SystemException e) {
      throw new IllegalStateException("no transaction could be begun", e);
    }
  }

  private void commit() {
    try {
      transaction.commit();
    } catch (RollbackException
        | HeuristicMixedException
        | HeuristicRollbackException
        | SystemException e) {
      if (isDefect(e)) {
        throw new IllegalStateException("the transaction was rolled back", e);
      }
      throw SqliteFailures.unavailable(e);
    }
  }

  /**
   * Whether a failed commit is a defect of ours, such as a broken constraint. Servers do not always
   * pass on what the database said; if they pass on nothing, it was the commit itself that failed,
   * which the connection has rolled back.
   */
  private static boolean isDefect(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PersistenceException || cause instanceof SQLException) {
        return !SqliteFailures.isTransient(failure);
      }
    }
    return false;
  }

  private void rollBackAfter(Throwable failure) {
    try {
      transaction.rollback();
    } catch (SystemException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
