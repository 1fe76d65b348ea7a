package io.chronotrack.storage;

import java.sql.SQLTransientException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells failures that may pass by themselves from defects. */
final class SqliteFailures {

  /** Primary result codes: the file is locked, the disk is full, broken or read-only. */
  private static final Set<SQLiteErrorCode> TRANSIENT =
      EnumSet.of(
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_LOCKED,
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_PERM);

  private SqliteFailures() {}

  /** Whether trying again later may help, by what SQLite said. */
  static boolean isTransient(Throwable failure) {
    return primaryCode(failure)
        .map(SqliteFailures::isTransient)
        .orElseGet(() -> noConnection(failure));
  }

  /** Whether no connection could be had in time. */
  private static boolean noConnection(Throwable failure) {
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

  /** Whether another program holds the lock that a writer needs, by what SQLite said. */
  static boolean isLocked(Throwable failure) {
    return primaryCode(failure)
        .filter(
            code -> code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED)
        .isPresent();
  }

  /** Whether trying again later may help after this primary result code. */
  static boolean isTransient(SQLiteErrorCode primary) {
    return TRANSIENT.contains(primary);
  }

  /** The primary result code of the first failure of SQLite in the chain of causes. */
  static Optional<SQLiteErrorCode> primaryCode(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        // The low byte of an extended result code is its primary one.
        return Optional.of(SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF));
      }
    }
    return Optional.empty();
  }
}
