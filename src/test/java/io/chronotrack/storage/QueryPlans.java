package io.chronotrack.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** How the databases would answer a statement, step by step. */
public final class QueryPlans {

  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private QueryPlans() {}

  /** For any values of the parameters. */
  public static List<String> ofSqlite(Connection connection, String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }

  /** For any values of the parameters, as a statement is planned that was sent often. */
  public static List<String> ofPostgres(Connection connection, String sql) throws SQLException {
    var parameters = new AtomicInteger();
    String numbered = PARAMETER.matcher(sql).replaceAll(p -> "\\$" + parameters.incrementAndGet());
    return explain(connection, "(GENERIC_PLAN, COSTS OFF) " + numbered);
  }

  /** For these values of the parameters, as a statement is planned the first times. */
  public static List<String> ofPostgres(Connection connection, String sql, List<Long> values)
      throws SQLException {
    Iterator<Long> next = values.iterator();
    String whole = PARAMETER.matcher(sql).replaceAll(p -> next.next().toString());
    return explain(connection, "(COSTS OFF) " + whole);
  }

  private static List<String> explain(Connection connection, String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("EXPLAIN " + sql)) {
      while (rows.next()) {
        steps.add(rows.getString(1));
      }
    }
    return steps;
  }
}
