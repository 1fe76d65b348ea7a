package io.chronotrack.run.store;

import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.KeyRange;
import io.chronotrack.run.query.KeyRange.Bound;
import io.chronotrack.run.query.RunAccess;
import io.chronotrack.run.query.RunAccess.Start;
import io.chronotrack.run.query.RunIndex;
import io.chronotrack.run.query.RunIndex.Pin;
import io.chronotrack.run.query.RunMeasure;
import io.chronotrack.storage.SqlParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements that read runs as a {@link RunAccess} says. Each consists of branches: the part of
 * the index behind one start, in order and limited. Nothing but the branches' results is ever
 * sorted.
 */
final class RunStatements {

  private final boolean isPostgresql;
  private final long projectId;
  private final RunAccess access;
  private final String key;

  RunStatements(boolean isPostgresql, long projectId, RunAccess access) {
    this.isPostgresql = isPostgresql;
    this.projectId = projectId;
    this.access = access;
    this.key = "r." + RunConditionSql.column(access.sort().measure());
  }

  /** The runs of a range, at most so many; {@code null} if there can be none. */
  @Nullable String rows(KeyRange range, boolean isDescending, int most, SqlParameters parameters) {
    List<List<Bound>> parts = range.parts();
    if (parts.size() * access.starts().size() == 1) {
      return branch("r.*", access.starts().get(0), parts.get(0), true, isDescending, parameters)
          + " LIMIT "
          + parameters.add(most);
    }
    List<String> branches = branches(parts, true, isDescending, " LIMIT ", most, parameters);
    if (branches.isEmpty()) {
      return null;
    }
    String direction = isDescending ? " DESC" : "";
    // CROSS JOIN, because SQLite then reads the keys first.
    return "SELECT r.* FROM (SELECT u.k, u.id FROM ("
        + String.join(" UNION ALL ", branches)
        + ") u ORDER BY u.k"
        + direction
        + ", u.id"
        + direction
        + " LIMIT "
        + parameters.add(most)
        + ") p CROSS JOIN job_runs r WHERE r.id = p.id ORDER BY p.k"
        + direction
        + ", p.id"
        + direction;
  }

  /**
   * The place {@code k, id} in a range at which enough runs have been looked at; {@code null} if
   * there can be none. No row means that all of the range may be looked at.
   */
  @Nullable String endOfSearch(KeyRange range, boolean isDescending, SqlParameters parameters) {
    List<List<Bound>> parts = range.parts();
    int branchCount = Math.max(1, parts.size() * access.starts().size());
    int share = Math.max(1, RunAccess.MOST_EXAMINED / branchCount);
    List<String> branches =
        branches(parts, false, isDescending, " LIMIT 1 OFFSET ", share - 1, parameters);
    String direction = isDescending ? " DESC" : "";
    return branches.isEmpty()
        ? null
        : "SELECT u.k AS k, u.id AS id FROM ("
            + String.join(" UNION ALL ", branches)
            + ") u ORDER BY u.k"
            + direction
            + ", u.id"
            + direction
            + " LIMIT 1";
  }

  /** How many runs a range has, counted up to so many; {@code null} if there can be none. */
  @Nullable String count(KeyRange range, int most, SqlParameters parameters) {
    // In order, so that they are counted in the index and not in the table.
    List<String> branches = branches(range.parts(), true, false, " LIMIT ", most, parameters);
    return branches.isEmpty()
        ? null
        : "SELECT count(*) FROM (SELECT u.id FROM ("
            + String.join(" UNION ALL ", branches)
            + ") u LIMIT "
            + parameters.add(most)
            + ") c";
  }

  private List<String> branches(
      List<List<Bound>> parts,
      boolean withRest,
      boolean isDescending,
      String end,
      int endValue,
      SqlParameters parameters) {
    List<String> branches = new ArrayList<>();
    for (Start start : access.starts()) {
      for (List<Bound> part : parts) {
        branches.add(
            "SELECT b.k, b.id FROM ("
                + branch(key + " AS k, r.id AS id", start, part, withRest, isDescending, parameters)
                + end
                + parameters.add(endValue)
                + ") b");
      }
    }
    return branches;
  }

  private String branch(
      String columns,
      Start start,
      List<Bound> bounds,
      boolean withRest,
      boolean isDescending,
      SqlParameters parameters) {
    if (!withRest || access.isExact()) {
      return walk(columns, start, bounds, parameters) + order(isDescending);
    }
    var rest = new RunConditionSql(isPostgresql, parameters);
    if (!isPostgresql) {
      return walk(columns, start, bounds, parameters)
          + " AND "
          + rest.of(access.rest())
          + order(isDescending);
    }
    // There the index cannot be named. Apart from each other, the order is read before the rest is
    // looked at; together, whoever expects few to fit would collect all and sort them.
    return "SELECT "
        + columns
        + " FROM ("
        + walk("r.*", start, bounds, parameters)
        + order(isDescending)
        + " LIMIT "
        + parameters.add(RunAccess.MOST_EXAMINED)
        + ") r WHERE "
        + rest.of(access.rest())
        + order(isDescending);
  }

  /** What is read of the index. */
  private String walk(String columns, Start start, List<Bound> bounds, SqlParameters parameters) {
    var sql = new StringBuilder("SELECT ").append(columns).append(" FROM job_runs r");
    if (!isPostgresql) {
      // Refuses the statement if the index does not do, in place of scanning the table.
      sql.append(" INDEXED BY ").append(access.index().indexName());
    }
    sql.append(" WHERE r.project_id = ").append(parameters.add(projectId));
    pin(sql, start, parameters);
    for (Bound bound : bounds) {
      sql.append(" AND ")
          .append(bound.isOfId() ? "r.id" : key)
          .append(' ')
          .append(RunConditionSql.sign(bound.comparison()))
          .append(' ')
          .append(parameters.add(bound.value()));
    }
    return sql.toString();
  }

  private void pin(StringBuilder sql, Start start, SqlParameters parameters) {
    RunIndex index = access.index();
    if (start.jobId() != null) {
      sql.append(" AND r.job_id = ").append(parameters.add(start.jobId()));
    }
    if (index.only() != null) {
      // Word for word as the index says it, so that it is known to have what is asked for.
      sql.append(" AND r.status")
          .append(
              index.only().stream()
                  .map(RunStatus::name)
                  .collect(
                      Collectors.joining(
                          "', '",
                          index.isPinnedTo(Pin.STATUS) ? " IN ('" : " = '",
                          index.isPinnedTo(Pin.STATUS) ? "')" : "'")));
    }
    if (start.status() != null) {
      sql.append(" AND r.status = ").append(parameters.add(start.status().name()));
    }
    if (start.externalId() != null) {
      sql.append(" AND r.external_id = ").append(parameters.add(start.externalId()));
    }
    if (access.sort().measure() != RunMeasure.CREATED_AT) {
      sql.append(" AND ").append(key).append(" IS NOT NULL");
    }
  }

  private String order(boolean isDescending) {
    String direction = isDescending ? " DESC" : "";
    return " ORDER BY " + key + direction + ", r.id" + direction;
  }
}
