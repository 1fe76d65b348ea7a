package io.chronotrack.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.InvalidSetting;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the connections to PostgreSQL come from: pools of our own, or the server's. */
interface PostgresConnections extends AutoCloseable {

  /** Connections that write, for use inside of a transaction. */
  Connections writers();

  /** Connections that only read. */
  Connections readers();

  /** Connections outside of all transactions, to look at the database and to change its tables. */
  DataSource plain();

  @Override
  void close();

  /**
   * Those that the settings ask for.
   *
   * @param longestWait how long a write waits for a connection
   * @throws InvalidSetting if there are none of this name, or no driver reads this URL
   */
  static PostgresConnections of(DatabaseSettings settings, Duration longestWait) {
    String jndi = settings.jndi();
    return jndi == null ? new Pools(settings, longestWait) : OfServer.named(jndi);
  }

  /** Pools of the application's own, on the driver. */
  final class Pools implements PostgresConnections {

    /** In seconds: a server that is there answers sooner. */
    private static final int CONNECT_TIMEOUT = 3;

    private static final int LOGIN_TIMEOUT = 5;

    /**
     * How long an answer may take, in seconds: of a connection whose other end has gone without a
     * word nothing else would tell. No statement of ours takes nearly as long.
     */
    private static final int ANSWER_TIMEOUT = 15;

    /**
     * A lock that is not to be had in this time is held by somebody who will not give it back; and
     * whoever does nothing inside of a transaction is cut off, with the locks that it holds.
     */
    private static final String SESSION_SETTINGS =
        "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'";

    private static final Duration LONGEST_READ_WAIT = Duration.ofSeconds(5);

    private final DataSource plain;
    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Connections writers;
    private final Connections readers;

    private Pools(DatabaseSettings settings, Duration longestWait) {
      plain = driver(settings, 0);
      var outage = new Outage();
      var readOnly = driver(settings, ANSWER_TIMEOUT);
      readOnly.setReadOnly(true);
      // Without this the driver lets statements outside of transactions write.
      readOnly.setReadOnlyMode("always");
      DataSource writing = outage.watching(driver(settings, ANSWER_TIMEOUT));
      DataSource reading = outage.watching(readOnly);
      int mostWriters = settings.poolSize();
      int mostReaders = Math.max(1, mostWriters / 2);
      writerPool =
          ConnectionPool.overNetwork(
              "writer", writing, mostWriters, false, longestWait, SESSION_SETTINGS);
      readerPool =
          ConnectionPool.overNetwork(
              "reader", reading, mostReaders, true, LONGEST_READ_WAIT, SESSION_SETTINGS);
      writers =
          new Connections(
              outage.shortening(writerPool, writing), Turnstile.inOrder(mostWriters, longestWait));
      readers =
          new Connections(
              outage.shortening(readerPool, reading),
              Turnstile.inOrder(mostReaders, LONGEST_READ_WAIT));
    }

    static PGSimpleDataSource driver(DatabaseSettings settings, int answerTimeout) {
      var source = new PGSimpleDataSource();
      source.setApplicationName("ChronoTrack");
      source.setConnectTimeout(CONNECT_TIMEOUT);
      source.setLoginTimeout(LOGIN_TIMEOUT);
      source.setSocketTimeout(answerTimeout);
      source.setTcpKeepAlive(true);
      source.setReWriteBatchedInserts(true);
      // Or each failure would have the rows in it that it is about, and the log would, too.
      source.setLogServerErrorDetail(false);
      try {
        // Last, so that a parameter of the URL goes before what we think is good.
        source.setUrl(String.valueOf(settings.url()));
      } catch (IllegalArgumentException e) {
        throw new InvalidSetting(
            settings.locationKey(), "a URL that the driver can read", settings.location());
      }
      if (settings.user() != null) {
        source.setUser(settings.user());
      }
      if (settings.password() != null) {
        source.setPassword(settings.password().value());
      }
      return source;
    }

    @Override
    public Connections writers() {
      return writers;
    }

    @Override
    public Connections readers() {
      return readers;
    }

    @Override
    public DataSource plain() {
      return plain;
    }

    @Override
    public void close() {
      readerPool.close();
      writerPool.close();
    }
  }

  /**
   * A data source of the server's, which takes part in its transactions by itself.
   *
   * @param plain as the server gives it
   * @param writers the same, without what only the server may do
   */
  record OfServer(DataSource plain, Connections writers) implements PostgresConnections {

    static OfServer of(DataSource server) {
      return new OfServer(
          server,
          Connections.toAll(
              new ConnectionSource(() -> ServerConnection.around(server.getConnection()))));
    }

    @SuppressWarnings("BanJNDI") // The operator's name, and by its form one of this server's.
    private static OfServer named(String name) {
      try {
        if (InitialContext.doLookup(name) instanceof DataSource server) {
          return of(server);
        }
      } catch (NamingException e) {
        // A name of something else is as wrong as one of nothing: the same answer tells both.
      }
      throw new InvalidSetting("DATABASE_JNDI", "the name of a data source of the server's", name);
    }

    @Override
    public Connections readers() {
      return Connections.toAll(plain);
    }

    @Override
    public void close() {
      // It is the server's.
    }
  }
}
