package io.chronotrack.copy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that is in a database, in words that do not depend on its kind. */
final class Dump {

  private static final String TABLES_OF_SQLITE =
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

  private static final String TABLES_OF_POSTGRES =
      "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()";

  private Dump() {}

  /** The rows of each table but those of the migrations and of the readiness check. */
  static SortedMap<String, List<String>> of(Connection connection) throws SQLException {
    boolean isSqlite = connection.getMetaData().getDatabaseProductName().equals("SQLite");
    SortedMap<String, List<String>> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet names =
            statement.executeQuery(isSqlite ? TABLES_OF_SQLITE : TABLES_OF_POSTGRES)) {
      while (names.next()) {
        tables.put(names.getString(1), new ArrayList<>());
      }
    }
    tables.remove("schema_history");
    tables.remove("write_probe");
    for (Map.Entry<String, List<String>> table : tables.entrySet()) {
      table.getValue().addAll(rows(connection, table.getKey()));
    }
    return tables;
  }

  private static List<String> rows(Connection connection, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        Map<String, Object> row = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnName(i), value(result, i));
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }

  private static Object value(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value == null ? "NULL" : value;
  }
}
