package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStatementsTest {

  private static final String SUM = "SELECT ? + coalesce(?, 0)";

  private final List<PreparedStatement> prepared = new ArrayList<>();
  private final Connection driver;
  private final Connection connection;

  KeptStatementsTest(@TempDir Path folder) throws SQLException {
    driver = SqliteConnections.openWriter(folder.resolve("x.db"));
    connection = KeptStatements.of(noting(driver));
  }

  /** The connection, and what is prepared by it. */
  private Connection noting(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            KeptStatementsTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(connection, arguments);
                if (result instanceof PreparedStatement statement) {
                  prepared.add(statement);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    assertThat(driver.isClosed()).isTrue();
  }

  private int sum(int a, int b) throws SQLException {
    try (var statement = connection.prepareStatement(SUM)) {
      statement.setInt(1, a);
      statement.setInt(2, b);
      return only(statement);
    }
  }

  private static int only(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  @Test
  void whatWasPreparedIsPreparedOnce() throws SQLException {
    assertThat(sum(1, 2)).isEqualTo(3);
    assertThat(sum(3, 4)).isEqualTo(7);
    try (var statement =
        connection.prepareStatement(SUM, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setInt(1, 5);
      assertThat(only(statement)).as("without the parameter of the user before").isEqualTo(5);
    }
    assertThat(prepared).hasSize(1);
  }

  @Test
  void aStatementIsUsedByOneAtATime() throws SQLException {
    try (var outer = connection.prepareStatement("SELECT 1 UNION SELECT 2 ORDER BY 1");
        var rows = outer.executeQuery()) {
      rows.next();
      try (var inner = connection.prepareStatement("SELECT 1 UNION SELECT 2 ORDER BY 1")) {
        assertThat(only(inner)).isEqualTo(1);
      }
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
    assertThat(prepared).hasSize(2);
    assertThat(prepared.get(0).isClosed()).isNotEqualTo(prepared.get(1).isClosed());
  }

  @Test
  void aClosedStatementCannotBeUsedThoughItIsKept() throws SQLException {
    PreparedStatement statement = connection.prepareStatement(SUM);
    statement.close();
    statement.close();

    assertThat(statement.isClosed()).isTrue();
    assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.setInt(1, 1));
    assertThat(sum(1, 1)).isEqualTo(2);
  }

  @Test
  void rowsThatNobodyClosedDoNotHoldTheDatabase() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
      statement.execute("INSERT INTO t VALUES (1), (2)");
    }
    try (var query = connection.prepareStatement("SELECT id FROM t")) {
      assertThat(query.executeQuery().next()).isTrue();
    }
    try (var statement = connection.createStatement()) {
      statement.execute("DROP TABLE t");
    }
    assertThat(prepared.get(0).isClosed()).isFalse();
  }

  @Test
  void whatWasCollectedAndNotExecutedIsForgotten() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    }
    try (var insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, 1);
      insert.addBatch();
    }
    try (var insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, 2);
      insert.addBatch();
      assertThat(insert.executeBatch()).hasSize(1);
    }
    try (var ids = connection.prepareStatement("SELECT sum(id) FROM t")) {
      assertThat(only(ids)).isEqualTo(2);
    }
  }

  @Test
  void oneThatWasSetOtherwiseOrHasFailedIsNotUsedAgain() throws SQLException {
    try (var statement = connection.prepareStatement("SELECT 1")) {
      statement.setMaxRows(1);
    }
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    }
    try (var insert = connection.prepareStatement("INSERT INTO t VALUES (1), (1)")) {
      assertThatExceptionOfType(SQLException.class).isThrownBy(insert::executeUpdate);
    }
    assertThat(prepared).hasSize(2);
    for (PreparedStatement statement : prepared) {
      assertThat(statement.isClosed()).isTrue();
    }
  }

  @Test
  void ofTooManyTheOneIsClosedThatWasUsedLongestAgo() throws SQLException {
    for (int i = 0; i <= KeptStatements.MOST; i++) {
      connection.prepareStatement("SELECT " + i).close();
    }
    assertThat(prepared.get(0).isClosed()).isTrue();
    assertThat(prepared.get(1).isClosed()).isFalse();
  }
}
