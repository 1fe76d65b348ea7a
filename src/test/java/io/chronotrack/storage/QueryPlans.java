package io.chronotrack.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** How the databases would answer a statement, step by step. */
final class QueryPlans {

  private QueryPlans() {}

  static List<String> ofSqlite(Connection connection, String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }

  /** For any values of the parameters. */
  static List<String> ofPostgres(Connection connection, String sql) throws SQLException {
    var parameters = new AtomicInteger();
    String numbered =
        Pattern.compile("\\?").matcher(sql).replaceAll(p -> "\\$" + parameters.incrementAndGet());
    List<String> steps = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("EXPLAIN (GENERIC_PLAN, COSTS OFF) " + numbered)) {
      while (rows.next()) {
        steps.add(rows.getString(1));
      }
    }
    return steps;
  }
}
