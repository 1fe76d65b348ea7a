package io.chronotrack.copy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds. PostgreSQL's type decides, since SQLite has one for all integers; both
 * drivers read and write each of these by the same methods. Times are integers and JSON is text in
 * both databases.
 */
enum ColumnType {
  /** An integer of 64 bits. */
  BIGINT("int8", Types.BIGINT, ResultSet::getLong),
  /** An integer of 32 bits. */
  INTEGER("int4", Types.INTEGER, (row, column) -> Math.toIntExact(row.getLong(column))),
  /** True or false; 1 or 0 in SQLite. */
  BOOLEAN("bool", Types.BOOLEAN, ResultSet::getBoolean),
  /** A number of double precision; REAL in SQLite. */
  DOUBLE("float8", Types.DOUBLE, ResultSet::getDouble),
  /** Any bytes; BLOB in SQLite. */
  BYTES("bytea", Types.BINARY, ResultSet::getBytes),
  /** Any text. */
  TEXT("text", Types.VARCHAR, ResultSet::getString);

  /** Reads a value; what it gives for NULL says nothing. */
  private interface Reading {
    @Nullable Object value(ResultSet row, int column) throws SQLException;
  }

  private final String postgresName;
  private final int sqlType;

  @SuppressWarnings("ImmutableEnumChecker") // They have no state.
  private final Reading reading;

  ColumnType(String postgresName, int sqlType, Reading reading) {
    this.postgresName = postgresName;
    this.sqlType = sqlType;
    this.reading = reading;
  }

  /**
   * The one that PostgreSQL's driver calls by this name.
   *
   * @throws IllegalStateException if nobody has taught the copy this type
   */
  static ColumnType of(String postgresName) {
    return Arrays.stream(values())
        .filter(type -> type.postgresName.equals(postgresName))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("columns of type " + postgresName + " are not copied"));
  }

  @Nullable Object read(ResultSet row, int column) throws SQLException {
    Object value = reading.value(row, column);
    return row.wasNull() ? null : value;
  }

  void write(PreparedStatement statement, int parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, sqlType);
    } else {
      statement.setObject(parameter, value);
    }
  }
}
