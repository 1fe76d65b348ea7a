package io.chronotrack.copy;

import io.chronotrack.storage.UnfinishedCopy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All tables whose rows are copied, as the databases themselves tell, so that a table of a new
 * migration is copied without a word about it here.
 *
 * @param tables each behind those that it refers to
 */
record Schema(List<Table> tables) {

  /**
   * What is the database's own affair: its migrations, what the readiness check writes, and the
   * mark of the copy.
   */
  private static final Set<String> NOT_COPIED =
      Set.of("schema_history", "write_probe", UnfinishedCopy.TABLE);

  /**
   * The tables of PostgreSQL, whose types are the finer ones.
   *
   * @throws IllegalStateException if SQLite has others
   */
  static Schema of(Connection postgres, Connection sqlite) throws SQLException {
    DatabaseMetaData data = postgres.getMetaData();
    String schema = postgres.getSchema();
    Map<String, Set<String>> names = columnNames(data, schema);
    Map<String, Set<String>> others = columnNames(sqlite.getMetaData(), null);
    if (!names.equals(others)) {
      throw new IllegalStateException(
          "the tables differ: PostgreSQL has " + names + ", SQLite has " + others);
    }
    Map<String, Table> ordered = new LinkedHashMap<>();
    for (String name : names.keySet()) {
      addBehindItsReferences(data, schema, name, ordered, new ArrayList<>());
    }
    return new Schema(List.copyOf(ordered.values()));
  }

  /** Which columns each table has. */
  private static Map<String, Set<String>> columnNames(
      DatabaseMetaData data, @Nullable String schema) throws SQLException {
    Map<String, Set<String>> names = new TreeMap<>();
    for (String table : tableNames(data, schema)) {
      Set<String> columns = new TreeSet<>();
      try (ResultSet found = data.getColumns(null, schema, table, "%")) {
        while (found.next()) {
          if (isCopied(found, table)) {
            columns.add(found.getString("COLUMN_NAME"));
          }
        }
      }
      names.put(table, columns);
    }
    return names;
  }

  /**
   * Whether a column belongs to this very table, whose name is a pattern to the drivers, and is
   * stored: what a database computes from other columns, the other computes as well.
   */
  private static boolean isCopied(ResultSet column, String table) throws SQLException {
    return column.getString("TABLE_NAME").equals(table)
        && !column.getString("IS_GENERATEDCOLUMN").equals("YES");
  }

  private static Set<String> tableNames(DatabaseMetaData data, @Nullable String schema)
      throws SQLException {
    Set<String> names = new TreeSet<>();
    try (ResultSet found = data.getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (found.next()) {
        String name = found.getString("TABLE_NAME");
        if (!NOT_COPIED.contains(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static void addBehindItsReferences(
      DatabaseMetaData data,
      String schema,
      String name,
      Map<String, Table> ordered,
      List<String> referring)
      throws SQLException {
    if (ordered.containsKey(name)) {
      return;
    }
    if (referring.contains(name)) {
      throw new IllegalStateException("tables that refer to each other: " + referring);
    }
    referring.add(name);
    for (String referred : references(data, schema, name)) {
      // A row that refers to one of its own table has the higher key.
      if (!referred.equals(name)) {
        addBehindItsReferences(data, schema, referred, ordered, referring);
      }
    }
    referring.remove(name);
    ordered.put(name, table(data, schema, name));
  }

  private static Set<String> references(DatabaseMetaData data, String schema, String table)
      throws SQLException {
    Set<String> references = new TreeSet<>();
    try (ResultSet found = data.getImportedKeys(null, schema, table)) {
      while (found.next()) {
        references.add(found.getString("PKTABLE_NAME"));
      }
    }
    return references;
  }

  private static Table table(DatabaseMetaData data, String schema, String name)
      throws SQLException {
    Map<String, Column> columns = new LinkedHashMap<>();
    try (ResultSet found = data.getColumns(null, schema, name, "%")) {
      while (found.next()) {
        if (isCopied(found, name)) {
          String column = found.getString("COLUMN_NAME");
          columns.put(column, new Column(column, ColumnType.of(found.getString("TYPE_NAME"))));
        }
      }
    }
    Map<Integer, Column> key = new TreeMap<>();
    try (ResultSet found = data.getPrimaryKeys(null, schema, name)) {
      while (found.next()) {
        Column column = columns.get(found.getString("COLUMN_NAME"));
        if (column != null) {
          key.put(found.getInt("KEY_SEQ"), column);
        }
      }
    }
    if (key.isEmpty()) {
      throw new IllegalStateException("the table " + name + " has no primary key");
    }
    return new Table(name, List.copyOf(columns.values()), List.copyOf(key.values()));
  }
}
