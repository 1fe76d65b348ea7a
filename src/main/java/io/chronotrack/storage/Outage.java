package io.chronotrack.storage;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a database cannot be reached, so that requests are refused at once. Each of them
 * would wait in vain for a connection, with a thread of the server's, until none is left to say
 * that the database is away.
 *
 * <p>Now and then one request tries to open a connection, and if it can, all go on. Safe for use by
 * many threads.
 */
final class Outage {

  private static final long PAUSE = Duration.ofMillis(500).toNanos();

  /** Why the last connection could not be opened; {@code null} if it could. */
  private volatile @Nullable SQLException reason;

  private final AtomicLong nextTry = new AtomicLong(System.nanoTime());

  /** Connections as this source opens them; whether it can is noted. */
  DataSource watching(DataSource source) {
    return new ConnectionSource(
        () -> {
          try {
            var connection = source.getConnection();
            reason = null;
            return connection;
          } catch (SQLException e) {
            reason = PostgresFailures.isConnectionLost(e) ? e : null;
            throw e;
          }
        });
  }

  /**
   * Connections of a pool; while there is nothing to wait for, no one waits.
   *
   * @param watched what the pool opens its connections by
   */
  DataSource shortening(DataSource pool, DataSource watched) {
    return new ConnectionSource(
        () -> {
          SQLException away = reason;
          if (away != null) {
            if (!isDue()) {
              throw new SQLTransientConnectionException(
                  "the database could not be reached a moment ago", away.getSQLState(), away);
            }
            // Past the pool, which would try until its time is up.
            watched.getConnection().close();
          }
          return pool.getConnection();
        });
  }

  private boolean isDue() {
    long due = nextTry.get();
    long now = System.nanoTime();
    return now - due >= 0 && nextTry.compareAndSet(due, now + PAUSE);
  }
}
