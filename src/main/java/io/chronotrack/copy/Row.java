package io.chronotrack.copy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of a table, in a form that does not depend on the database it was read from. */
final class Row {

  private final Table table;
  private final @Nullable Object[] values;

  private Row(Table table, @Nullable Object[] values) {
    this.table = table;
    this.values = values;
  }

  /** The row that a result shows, whose columns are those of the table. */
  static Row read(Table table, ResultSet result) throws SQLException {
    var values = new @Nullable Object[table.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.columns().get(i).type().read(result, i + 1);
    }
    return new Row(table, values);
  }

  /** Sets the parameters of {@link Table#insert()}. */
  void insertBy(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      table.columns().get(i).type().write(statement, i + 1, values[i]);
    }
  }

  /** Sets the parameters of {@link Table#selectBehind()}. */
  void placeIn(PreparedStatement statement) throws SQLException {
    int parameter = 1;
    for (int place : table.placesOfKey()) {
      table.columns().get(place).type().write(statement, parameter, values[place]);
      parameter++;
    }
  }

  /** Characters of all texts, and bytes: what decides how much memory the row takes. */
  long size() {
    return Arrays.stream(values).mapToLong(Row::size).sum();
  }

  private static long size(@Nullable Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    return value instanceof byte[] bytes ? bytes.length : 0;
  }

  /** The key, for people. */
  String key() {
    return table.placesOfKey().stream()
        .map(place -> String.valueOf(values[place]))
        .collect(Collectors.joining("/"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row row
        && row.table.equals(table)
        && Arrays.deepEquals(row.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }
}
