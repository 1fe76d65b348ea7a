package io.chronotrack.copy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that both databases have, and the statements that both understand.
 *
 * @param columns all of them
 * @param key those of the primary key, in its order
 */
record Table(String name, List<Column> columns, List<Column> key) {

  /** Where each column of the key is among all columns. */
  List<Integer> placesOfKey() {
    return key.stream().map(columns::indexOf).toList();
  }

  /** All rows, in the order of their keys. */
  String selectAll() {
    return "SELECT " + names(columns) + from() + " ORDER BY " + names(key);
  }

  /** The rows behind a key, in the order of their keys. */
  String selectBehind() {
    return "SELECT "
        + names(columns)
        + from()
        + " WHERE ("
        + names(key)
        + ") > ("
        + parameters(key)
        + ") ORDER BY "
        + names(key);
  }

  /** The row with the highest key. */
  String selectLast() {
    String descending =
        key.stream().map(column -> quoted(column) + " DESC").collect(Collectors.joining(", "));
    return "SELECT " + names(columns) + from() + " ORDER BY " + descending + " LIMIT 1";
  }

  String count() {
    return "SELECT count(*)" + from();
  }

  /** How many rows there are, counted up to a limit. */
  String countUpTo(int limit) {
    return "SELECT count(*) FROM (SELECT 1" + from() + " LIMIT " + limit + ") AS counted";
  }

  String insert() {
    return "INSERT INTO " + name + " (" + names(columns) + ") VALUES (" + parameters(columns) + ")";
  }

  private String from() {
    return " FROM " + name;
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Table::quoted).collect(Collectors.joining(", "));
  }

  private static String parameters(List<Column> columns) {
    return String.join(", ", Collections.nCopies(columns.size(), "?"));
  }

  /** Some are words of SQL. */
  private static String quoted(Column column) {
    return '"' + column.name() + '"';
  }
}
