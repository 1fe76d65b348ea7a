package io.chronotrack.storage;

import java.sql.SQLTransientException;

/** Tells failures of whichever database that may pass by themselves from defects. */
final class DatabaseFailures {

  private DatabaseFailures() {}

  /** Whether trying again later may help, by what the database said. */
  static boolean isTransient(Throwable failure) {
    return SqliteFailures.primaryCode(failure)
        .map(SqliteFailures::isTransient)
        .orElseGet(() -> PostgresFailures.isTransient(failure) || isWithoutConnection(failure));
  }

  /** Whether no connection could be had in time. */
  private static boolean isWithoutConnection(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException) {
        return true;
      }
    }
    return false;
  }

  /** The failure as the caller is told: one that may pass by itself is no defect. */
  static RuntimeException translated(Throwable failure) {
    if (isTransient(failure)) {
      return unavailable(failure);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  /** Tells that the database cannot be used, and why. */
  static StorageUnavailable unavailable(Throwable cause) {
    return new StorageUnavailable(
        "The database cannot be used at the moment. Nothing was changed.", cause);
  }
}
