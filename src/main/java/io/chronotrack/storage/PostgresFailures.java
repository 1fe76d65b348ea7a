package io.chronotrack.storage;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * What PostgreSQL says when it refuses something, by its SQLSTATEs (appendix A of its manual), so
 * that any driver may tell them.
 */
final class PostgresFailures {

  static final String UNIQUE_VIOLATION = "23505";
  static final String NOT_ALLOWED = "42501";

  /** Another transaction was in the way, and was not waited for: it may be gone the next time. */
  private static final Set<String> COLLISIONS =
      Set.of("40001" /* serialization */, "40P01" /* deadlock */);

  /** Classes and single states that may pass by themselves. */
  private static final Set<String> TRANSIENT_CLASSES =
      Set.of("08" /* connection */, "53" /* resources */, "58" /* of the system around it */);

  private static final Set<String> TRANSIENT =
      Set.of(
          "57P01", "57P02", "57P03", "57P05", // The server stops, crashes, starts, or was idle.
          "57014", // A statement took too long.
          "55P03", // A lock was not to be had in time.
          "25P03", // A transaction did nothing for too long.
          "25006"); // Now a standby, which only reads.

  private PostgresFailures() {}

  /** The state of the first failure in the chain of causes that has one. */
  static Optional<String> state(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return Optional.of(sql.getSQLState());
      }
    }
    return Optional.empty();
  }

  /** Whether trying again later may help. */
  static boolean isTransient(Throwable failure) {
    return state(failure)
        .filter(state -> TRANSIENT.contains(state) || isOf(TRANSIENT_CLASSES, state))
        .isPresent();
  }

  /** Whether the connection was lost, so that nobody knows what became of the last request. */
  static boolean isConnectionLost(Throwable failure) {
    return state(failure)
        .filter(state -> state.startsWith("08") || state.startsWith("57P"))
        .isPresent();
  }

  /** Whether another transaction was in the way. */
  static boolean isCollision(Throwable failure) {
    return state(failure).filter(COLLISIONS::contains).isPresent();
  }

  /** Whether another transaction has stored what only one can store. */
  static boolean isTaken(Throwable failure) {
    return state(failure).filter(UNIQUE_VIOLATION::equals).isPresent();
  }

  /** The table that the database was not content with; empty if it did not say. */
  static String tableOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
        return String.valueOf(sql.getServerErrorMessage().getTable());
      }
    }
    return "";
  }

  private static boolean isOf(Set<String> classes, String state) {
    return state.length() == 5 && classes.contains(state.substring(0, 2));
  }
}
