package io.chronotrack.storage;

import io.chronotrack.TestRows;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A migrated PostgreSQL database with Hibernate on top of it, as in the application. Only the
 * server's part is played by {@link ThreadTransaction}.
 */
public final class PostgresFixture implements AutoCloseable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final String name;
  private final PostgresDatabase database;
  private final Sessions sessions;
  private final ConcurrentTransactions transactions;
  private final PreparedStatements statements = new PreparedStatements();

  /** Opens a new database. */
  public PostgresFixture() {
    this(PostgresServer.newDatabase());
  }

  /** Opens a database that others may have opened as well. */
  public PostgresFixture(String name) {
    this.name = name;
    database = PostgresDatabase.open(PostgresServer.settings(name), LONGEST_WAIT);
    sessions = new Sessions(statements.of(database), TestRows.ALL);
    transactions = transactionsWaitingAtMost(LONGEST_WAIT);
  }

  /** What is underneath. */
  public Database database() {
    return database;
  }

  /** Where commands write. */
  public WriteSessions writer() {
    return sessions.writing();
  }

  /** Where queries run. */
  public ReadSessions reader() {
    return sessions.reading();
  }

  /** Writers side by side, as in the application. */
  public ConcurrentTransactions transactions() {
    return transactions;
  }

  /** Further ones, whose commands give up sooner or later than those of the others. */
  ConcurrentTransactions transactionsWaitingAtMost(Duration longestWait) {
    var server = new ThreadTransaction();
    return new ConcurrentTransactions(
        new JtaTransaction(server, server, sessions.writing()),
        sessions.writing(),
        sessions.reading(),
        longestWait);
  }

  /** A project beside the default one, which every database has. */
  public Scope otherProject() {
    Scope other = SampleCallers.OTHER;
    execute(
        "INSERT INTO projects (id, key, name, archived, created_at, updated_at, version) VALUES ("
            + other.projectId()
            + ", 'other', 'Other', false, 5, 5, 1) ON CONFLICT DO NOTHING");
    return other;
  }

  /** Does something in the database from outside. */
  public void execute(String... statements) {
    PostgresServer.execute(name, statements);
  }

  /** Every statement that was prepared so far. */
  public List<String> statements() {
    return statements.texts();
  }

  /** A connection that sends statements as they are, also such with parameters without values. */
  public Connection connectPlainly() throws SQLException {
    return DriverManager.getConnection(
        PostgresServer.url(name) + "?preferQueryMode=simple", "postgres", "none");
  }

  @Override
  public void close() {
    sessions.close();
    database.close();
  }
}
