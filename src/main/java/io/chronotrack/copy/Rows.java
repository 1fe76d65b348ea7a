package io.chronotrack.copy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows of a table in the order of their keys, of which only a few are in memory at a time. */
final class Rows implements AutoCloseable {

  /** What PostgreSQL sends at a time: rows may be large, and all of these are in the heap. */
  private static final int AT_A_TIME = 50;

  private final Table table;
  private final PreparedStatement statement;
  private final ResultSet result;

  /**
   * Begins to read.
   *
   * @param last a row of the table behind which to begin; {@code null} begins with the first
   */
  Rows(Connection connection, Table table, @Nullable Row last) throws SQLException {
    this.table = table;
    statement =
        connection.prepareStatement(last == null ? table.selectAll() : table.selectBehind());
    try {
      statement.setFetchSize(AT_A_TIME);
      if (last != null) {
        last.placeIn(statement);
      }
      result = statement.executeQuery();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** The row with the highest key; {@code null} if there is none. */
  static @Nullable Row last(Connection connection, Table table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(table.selectLast());
        ResultSet result = statement.executeQuery()) {
      return result.next() ? Row.read(table, result) : null;
    }
  }

  /** How many there are. */
  static long count(Connection connection, Table table) throws SQLException {
    return Numbers.ask(connection, table.count());
  }

  /** The next row; {@code null} after the last one. */
  @Nullable Row next() throws SQLException {
    return result.next() ? Row.read(table, result) : null;
  }

  @Override
  public void close() throws SQLException {
    // Its result ends with it.
    statement.close();
  }
}
