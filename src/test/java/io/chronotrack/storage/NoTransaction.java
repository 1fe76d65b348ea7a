package io.chronotrack.storage;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;

/** Transactions in which nothing takes part. */
class NoTransaction implements UserTransaction {

  @Override
  public void begin() {
    // Nothing takes part.
  }

  @Override
  public void commit() {
    // Nothing takes part.
  }

  @Override
  public void rollback() {
    // Nothing takes part.
  }

  @Override
  public void setRollbackOnly() {
    // Nothing takes part.
  }

  @Override
  public int getStatus() {
    return Status.STATUS_NO_TRANSACTION;
  }

  @Override
  public void setTransactionTimeout(int seconds) {
    // Nothing takes part.
  }
}
