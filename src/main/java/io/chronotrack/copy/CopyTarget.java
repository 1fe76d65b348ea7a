package io.chronotrack.copy;

import io.chronotrack.storage.UnfinishedCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a database may be filled by a copy, and the mark that it carries meanwhile. */
final class CopyTarget {

  /** How many rows the migrations put into a table; into others they put none. */
  static final Map<String, Integer> ROWS_OF_MIGRATIONS =
      Map.of("projects", 1, "audit_head", 1, "statistics_state", 1);

  private final CopySide target;
  private final Schema schema;

  CopyTarget(CopySide target, Schema schema) {
    this.target = target;
    this.schema = schema;
  }

  /**
   * Marks the target as the unfinished copy of this source, and takes away what the migrations put
   * there; or finds that this was done before.
   *
   * @return whether it was done before
   * @throws io.chronotrack.config.InvalidSetting if it has other rows
   */
  boolean begin(String source) throws SQLException {
    Connection connection = target.connection();
    Optional<String> begun = UnfinishedCopy.sourceIn(connection);
    if (begun.isPresent()) {
      connection.commit();
      if (begun.get().equals(source)) {
        return true;
      }
      throw target.unusable(
          "an empty database, or the unfinished copy of "
              + source
              + "; this is the unfinished copy of "
              + begun.get());
    }
    verifyEmpty(connection);
    UnfinishedCopy.begin(connection, source);
    removeRowsOfMigrations(connection);
    connection.commit();
    return false;
  }

  private void verifyEmpty(Connection connection) throws SQLException {
    for (Table table : schema.tables()) {
      int allowed = ROWS_OF_MIGRATIONS.getOrDefault(table.name(), 0);
      if (Numbers.ask(connection, table.countUpTo(allowed + 1)) > allowed) {
        connection.rollback();
        throw target.unusable("an empty database; this one has rows in " + table.name());
      }
    }
  }

  private void removeRowsOfMigrations(Connection connection) throws SQLException {
    List<Table> referringFirst = new ArrayList<>(schema.tables());
    Collections.reverse(referringFirst);
    try (Statement statement = connection.createStatement()) {
      for (Table table : referringFirst) {
        if (ROWS_OF_MIGRATIONS.containsKey(table.name())) {
          statement.executeUpdate("DELETE FROM " + table.name());
        }
      }
    }
  }

  /** Makes the target a database that the service may use. */
  void finish() throws SQLException {
    Connection connection = target.connection();
    if (target.database().isShared()) {
      new PostgresEnding(connection, schema).run();
    }
    UnfinishedCopy.end(connection);
    connection.commit();
  }
}
