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
  BIGINT("int8", Types.BIGINT) {
    @Override
    Object value(ResultSet row, int column) throws SQLException {
      return row.getLong(column);
    }

    @Override
    void set(PreparedStatement statement, int parameter, Object value) throws SQLException {
      statement.setLong(parameter, (Long) value);
    }
  },

  /** An integer of 32 bits. */
  INTEGER("int4", Types.INTEGER) {
    @Override
    Object value(ResultSet row, int column) throws SQLException {
      return Math.toIntExact(row.getLong(column));
    }

    @Override
    void set(PreparedStatement statement, int parameter, Object value) throws SQLException {
      statement.setInt(parameter, (Integer) value);
    }
  },

  /** True or false; 1 or 0 in SQLite. */
  BOOLEAN("bool", Types.BOOLEAN) {
    @Override
    Object value(ResultSet row, int column) throws SQLException {
      return row.getBoolean(column);
    }

    @Override
    void set(PreparedStatement statement, int parameter, Object value) throws SQLException {
      statement.setBoolean(parameter, (Boolean) value);
    }
  },

  /** A number of double precision; REAL in SQLite. */
  DOUBLE("float8", Types.DOUBLE) {
    @Override
    Object value(ResultSet row, int column) throws SQLException {
      return row.getDouble(column);
    }

    @Override
    void set(PreparedStatement statement, int parameter, Object value) throws SQLException {
      statement.setDouble(parameter, (Double) value);
    }
  },

  /** Any bytes; BLOB in SQLite. */
  BYTES("bytea", Types.BINARY) {
    @Override
    byte @Nullable [] value(ResultSet row, int column) throws SQLException {
      return row.getBytes(column);
    }

    @Override
    void set(PreparedStatement statement, int parameter, Object value) throws SQLException {
      statement.setBytes(parameter, (byte[]) value);
    }
  },

  /** Any text. */
  TEXT("text", Types.VARCHAR) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }

    @Override
    void set(PreparedStatement statement, int parameter, Object value) throws SQLException {
      statement.setString(parameter, (String) value);
    }
  };

  private final String postgresName;
  private final int sqlType;

  ColumnType(String postgresName, int sqlType) {
    this.postgresName = postgresName;
    this.sqlType = sqlType;
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

  /** Reads a value; what it gives for NULL says nothing. */
  abstract @Nullable Object value(ResultSet row, int column) throws SQLException;

  abstract void set(PreparedStatement statement, int parameter, Object value) throws SQLException;

  final @Nullable Object read(ResultSet row, int column) throws SQLException {
    Object value = value(row, column);
    return row.wasNull() ? null : value;
  }

  final void write(PreparedStatement statement, int parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, sqlType);
    } else {
      set(statement, parameter, value);
    }
  }
}
