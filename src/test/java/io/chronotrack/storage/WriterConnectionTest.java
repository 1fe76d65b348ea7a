package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterConnectionTest {

  private final Path file;
  private final WalMover mover;
  private final Connection connection;
  private final Connection other;

  WriterConnectionTest(@TempDir Path folder) throws SQLException {
    file = folder.resolve("x.db");
    mover = WalMover.beside(file);
    connection = WriterConnection.writing(file, mover);
    other = SqliteConnections.openReader(file);
  }

  @BeforeEach
  void createTables() throws SQLException {
    execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    execute(
        "CREATE TABLE child (id INTEGER PRIMARY KEY,"
            + " parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    connection.close();
    mover.close();
  }

  private void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int committed(String table) throws SQLException {
    try (var statement = other.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return result.next() ? result.getInt(1) : -1;
    }
  }

  @Test
  void aCommitIsSeenByOthersAndARollbackIsNot() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO parent VALUES (1)");
    assertThat(committed("parent")).isZero();
    connection.commit();
    assertThat(committed("parent")).isEqualTo(1);
    execute("INSERT INTO parent VALUES (2)");
    connection.rollback();
    assertThat(committed("parent")).isEqualTo(1);
  }

  @Test
  void aCommitThatFailsIsRolledBackAndTheNextOneDoesNotStoreIt() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO child VALUES (1, 99)");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(connection::commit)
        .withMessageContaining("FOREIGN KEY");
    execute("INSERT INTO parent VALUES (1)");
    connection.commit();
    assertThat(committed("child")).isZero();
    assertThat(committed("parent")).isEqualTo(1);
  }

  @Test
  void switchingAutoCommitOnCommits() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO parent VALUES (1)");
    connection.setAutoCommit(true);
    assertThat(connection.getAutoCommit()).isTrue();
    assertThat(committed("parent")).isEqualTo(1);
  }

  @Test
  void withAutoCommitEveryStatementIsATransaction() throws SQLException {
    execute("INSERT INTO parent VALUES (1)");
    assertThat(committed("parent")).isEqualTo(1);
  }

  @Test
  void noLockIsTakenBeforeTheFirstStatement() throws SQLException {
    connection.setAutoCommit(false);
    assertThat(connection.getAutoCommit()).isFalse();
    try (var writer = SqliteConnections.openWriter(file);
        var statement = writer.createStatement()) {
      assertThatCode(() -> statement.execute("INSERT INTO parent VALUES (1)"))
          .doesNotThrowAnyException();
    }
    connection.commit();
    connection.rollback();
  }

  @Test
  void afterALockedDatabaseTheConnectionWorksAgain() throws SQLException {
    execute("PRAGMA busy_timeout = 1");
    connection.setAutoCommit(false);
    try (var writer = SqliteConnections.openWriter(file)) {
      writer.setAutoCommit(false);
      try (var statement = writer.createStatement()) {
        statement.execute("INSERT INTO parent VALUES (1)");
      }
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> execute("INSERT INTO parent VALUES (2)"))
          .satisfies(locked -> assertThat(DatabaseFailures.isTransient(locked)).isTrue());
      connection.rollback();
      writer.commit();
    }
    execute("INSERT INTO parent VALUES (2)");
    connection.commit();
    assertThat(committed("parent")).isEqualTo(2);
  }

  @Test
  void whatIsToBeDoneAfterCommitsIsDoneAfterThoseThatSucceededOnly() throws SQLException {
    var commits = new AtomicInteger();
    try (var counted =
        WriterConnection.around(SqliteConnections.openWriter(file), commits::incrementAndGet)) {
      counted.setAutoCommit(false);
      execute(counted, "INSERT INTO parent VALUES (1)");
      counted.commit();
      assertThat(commits).hasValue(1);
      execute(counted, "INSERT INTO parent VALUES (2)");
      counted.rollback();
      counted.commit();
      assertThat(commits).hasValue(1);
      execute(counted, "INSERT INTO child VALUES (1, 99)");
      assertThatExceptionOfType(SQLException.class).isThrownBy(counted::commit);
      assertThat(commits).hasValue(1);
    }
  }

  @Test
  void settingsThatPoolsMakeDoNothing() throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    execute("INSERT INTO parent VALUES (1)");
    assertThat(committed("parent")).isEqualTo(1);
  }
}
