package io.chronotrack.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** Connections that are kept open, because opening one costs more than what it is used for. */
final class ConnectionPool {

  /** Longer than any answer of a database that works, and not so long that clients give up. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private ConnectionPool() {}

  /**
   * A pool that opens a connection when it is first needed, and keeps it.
   *
   * @param name of the pool, in the log and in the names of its threads
   * @param most connections at a time; who wants one more waits
   * @param readOnly what the connections are: drivers may not change it any more
   */
  static HikariDataSource of(String name, DataSource connections, int most, boolean readOnly) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(connections);
    config.setMaximumPoolSize(most);
    config.setReadOnly(readOnly);
    config.setMinimumIdle(0);
    config.setIdleTimeout(0);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(LONGEST_WAIT.toMillis());
    // Not at once: the database is opened and checked by others.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
