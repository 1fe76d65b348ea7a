package io.chronotrack.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The mark of a database that a copy has begun to fill and has not finished: a table that no
 * migration makes, and that tells where the rows come from. Nobody but that copy may use such a
 * database.
 *
 * <p>It is made before the first row is copied and goes away after the last one was compared, so
 * that neither a kill nor a power cut leaves half of something behind that looks like a whole.
 */
public final class UnfinishedCopy {

  /** The table. */
  public static final String TABLE = "unfinished_copy";

  /** What a database must be for everybody else, as the end of the sentence "KEY must be ...". */
  static final String REFUSAL =
      "a database that was copied to its end: run the copy again, or empty the database";

  private UnfinishedCopy() {}

  /** Where the rows of this database come from; empty if it is no unfinished copy. */
  public static Optional<String> sourceIn(Connection connection) throws SQLException {
    if (!isIn(connection)) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet mark = statement.executeQuery("SELECT source FROM " + TABLE)) {
      return Optional.of(mark.next() ? mark.getString(1) : "");
    }
  }

  static boolean isIn(Connection connection) throws SQLException {
    String schema = connection.getSchema();
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, TABLE, new String[] {"TABLE"})) {
      while (tables.next()) {
        if (schema == null || schema.equals(tables.getString("TABLE_SCHEM"))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Marks a database, in the transaction of this connection. */
  public static void begin(Connection connection, String source) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + TABLE + " (source text NOT NULL)");
    }
    try (PreparedStatement mark =
        connection.prepareStatement("INSERT INTO " + TABLE + " (source) VALUES (?)")) {
      mark.setString(1, source);
      mark.executeUpdate();
    }
  }

  /** Takes the mark away, in the transaction of this connection. */
  public static void end(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE " + TABLE);
    }
  }
}
