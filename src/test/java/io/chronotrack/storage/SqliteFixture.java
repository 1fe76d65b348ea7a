package io.chronotrack.storage;

import io.chronotrack.TestRows;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A migrated SQLite file with Hibernate on top of it, as in the application. Only the server's part
 * is played by {@link ThreadTransaction}.
 */
public final class SqliteFixture implements AutoCloseable {

  private final SqliteDatabase database;
  private final Path file;
  private final Sessions sessions;
  private final Transactions transactions;
  private final PreparedStatements statements = new PreparedStatements();

  /** Opens a database in this folder. */
  public SqliteFixture(Path folder) {
    file = folder.resolve("chronotrack.db");
    database = SqliteDatabase.open(file);
    sessions = new Sessions(statements.of(database), TestRows.ALL);
    var server = new ThreadTransaction();
    transactions =
        new GroupCommitTransactions(
            new JtaTransaction(server, server, sessions.writing()),
            sessions.reading(),
            Duration.ofSeconds(30),
            1_000);
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

  /** One writer at a time, as in the application. */
  public Transactions transactions() {
    return transactions;
  }

  /** A project beside the default one, which every database has. */
  public Scope otherProject() {
    Scope other = SampleCallers.OTHER;
    transactions.write(
        () ->
            writer()
                .current()
                .createNativeQuery(
                    "INSERT INTO projects (id, key, name, archived, created_at, updated_at, version)"
                        + " VALUES (?1, 'other', 'Other', 0, 5, 5, 1) ON CONFLICT DO NOTHING")
                .setParameter(1, other.projectId())
                .executeUpdate());
    return other;
  }

  /** Every statement that was prepared so far. */
  public List<String> statements() {
    return statements.texts();
  }

  /** A connection of its own, to look at the file from outside. */
  Connection connect() throws SQLException {
    return SqliteConnections.openWriter(file);
  }

  @Override
  public void close() {
    sessions.close();
    database.close();
  }
}
