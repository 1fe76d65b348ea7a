package io.chronotrack.storage;

import jakarta.enterprise.inject.Vetoed;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import org.jspecify.annotations.Nullable;

/**
 * As much of a transaction manager as the standard {@link UserTransaction} can do. Suspending a
 * running transaction is not among it, and nothing here needs it: ids are assigned by the
 * application, not by a table in a transaction of its own.
 */
@Vetoed
final class StandardTransactionManager implements TransactionManager {

  private final UserTransaction transaction;

  StandardTransactionManager(UserTransaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public void begin() throws NotSupportedException, SystemException {
    transaction.begin();
  }

  @Override
  public void commit()
      throws RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException,
          SystemException {
    transaction.commit();
  }

  @Override
  public void rollback() throws SystemException {
    transaction.rollback();
  }

  @Override
  public void setRollbackOnly() throws SystemException {
    transaction.setRollbackOnly();
  }

  @Override
  public void setTransactionTimeout(int seconds) throws SystemException {
    transaction.setTransactionTimeout(seconds);
  }

  @Override
  public int getStatus() throws SystemException {
    return transaction.getStatus();
  }

  @Override
  public Transaction getTransaction() {
    throw new UnsupportedOperationException("Jakarta EE offers no access to it");
  }

  @Override
  public @Nullable Transaction suspend() throws SystemException {
    if (getStatus() == Status.STATUS_NO_TRANSACTION) {
      // Asked by Hibernate while it starts, when there is nothing to suspend.
      return null;
    }
    throw new UnsupportedOperationException("a running transaction cannot be suspended");
  }

  @Override
  public void resume(@Nullable Transaction suspended) {
    if (suspended != null) {
      throw new UnsupportedOperationException("nothing was suspended");
    }
  }
}
