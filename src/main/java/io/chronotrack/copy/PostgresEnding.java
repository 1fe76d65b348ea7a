package io.chronotrack.copy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL needs after its tables were filled from outside. */
final class PostgresEnding {

  /** What the names of sequences have behind the name of their table. */
  private static final String IDS = "_ids";

  private final Connection connection;
  private final Schema schema;

  PostgresEnding(Connection connection, Schema schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /**
   * Moves the sequences past the ids that are taken, and tells the planner how large the tables
   * are: it would take them for empty until PostgreSQL looks by itself.
   */
  void run() throws SQLException {
    List<String> names = schema.tables().stream().map(Table::name).toList();
    try (Statement statement = connection.createStatement()) {
      for (String sequence : sequences()) {
        String table = sequence.substring(0, sequence.length() - IDS.length());
        if (!names.contains(table)) {
          throw new IllegalStateException("the sequence " + sequence + " belongs to no table");
        }
        // The next block of ids begins behind this one. One that nobody has used stays as it is.
        statement.execute("SELECT setval('" + sequence + "', max(id)) FROM " + table);
      }
      for (String table : names) {
        statement.execute("ANALYZE " + table);
      }
    }
  }

  private List<String> sequences() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT relname FROM pg_class WHERE relkind = 'S'"
                    + " AND relnamespace = current_schema()::regnamespace"
                    + " AND relname LIKE '%\\_ids'")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }
}
