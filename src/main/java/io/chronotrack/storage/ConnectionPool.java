package io.chronotrack.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** Connections that are kept open, because opening one costs more than what it is used for. */
final class ConnectionPool {

  /** Longer than any answer of a database that works, and not so long that clients give up. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** How long a pool asks a connection whether it works, before it takes another one. */
  private static final Duration LONGEST_TEST = Duration.ofSeconds(1);

  /** For what is between us and the database, and forgets connections that are silent or old. */
  private static final Duration LIFE = Duration.ofMinutes(30);

  private static final Duration REST = Duration.ofMinutes(10);
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(2);

  private ConnectionPool() {}

  /**
   * A pool that opens a connection when it is first needed, and keeps it.
   *
   * @param name of the pool, in the log and in the names of its threads
   * @param most connections at a time; who wants one more waits
   * @param readOnly what the connections are: drivers may not change it any more
   */
  static HikariDataSource of(String name, DataSource connections, int most, boolean readOnly) {
    HikariConfig config = config(name, connections, most);
    config.setReadOnly(readOnly);
    config.setIdleTimeout(0);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(LONGEST_WAIT.toMillis());
    return new HikariDataSource(config);
  }

  /**
   * A pool of connections over a network: each is tested before it is used again, and replaced by
   * and by; those that nobody needs are closed.
   *
   * @param readOnly what the connections are: the pool tells them again
   * @param longestWait how long somebody waits for one
   * @param firstStatement what each connection is told before it is used
   */
  static HikariDataSource overNetwork(
      String name,
      DataSource connections,
      int most,
      boolean readOnly,
      Duration longestWait,
      String firstStatement) {
    HikariConfig config = config(name, connections, most);
    config.setReadOnly(readOnly);
    config.setIdleTimeout(REST.toMillis());
    config.setMaxLifetime(LIFE.toMillis());
    config.setKeepaliveTime(SIGN_OF_LIFE.toMillis());
    // The pool takes no shorter ones.
    long wait = Math.max(longestWait.toMillis(), 250);
    config.setConnectionTimeout(wait);
    config.setValidationTimeout(Math.min(wait, LONGEST_TEST.toMillis()));
    config.setConnectionInitSql(firstStatement);
    return new HikariDataSource(config);
  }

  private static HikariConfig config(String name, DataSource connections, int most) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(connections);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    // Not at once: the database is opened and checked by others.
    config.setInitializationFailTimeout(-1);
    return config;
  }
}
