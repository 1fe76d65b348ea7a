package io.chronotrack.storage;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite says when it refuses something, by its result codes. */
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
