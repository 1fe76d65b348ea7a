package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.filter.TextSearch;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobQuery;
import io.chronotrack.job.JobSort;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.storage.SqlParameters;
import io.chronotrack.storage.TextSql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that read jobs for a {@link JobQuery}. Each row is a job {@code j} and a number
 * {@code k}, which is what it is sorted by, or behind its name.
 */
final class JobStatements {

  /** The last run of the job {@code j}, by the index of the runs of a job. */
  private static final String LAST_RUN =
      " FROM job_runs r WHERE r.project_id = j.project_id AND r.job_id = j.id"
          + " ORDER BY r.created_at DESC, r.id DESC LIMIT 1)";

  private static final String LAST_RUN_AT = "coalesce((SELECT r.created_at" + LAST_RUN + ", -1)";

  private static final String LAST_RUN_STATUS =
      "coalesce((SELECT r.status" + LAST_RUN + ", 'NONE')";

  private final boolean isPostgresql;
  private final Scope scope;
  private final JobFilter filter;
  private final JobSort sort;

  JobStatements(boolean isPostgresql, Scope scope, JobQuery query) {
    this.isPostgresql = isPostgresql;
    this.scope = scope;
    this.filter = query.filter();
    this.sort = query.sort();
  }

  /** Whether a page may end before it is full. */
  boolean endsEarly() {
    return filter.looksAtEach() && sort.key() != JobSort.Key.LAST_RUN_AT && !scope.isNarrowed();
  }

  /** The jobs of a page, and one more if there is one. */
  String rows(PageRequest request, @Nullable Position end, SqlParameters parameters) {
    List<String> conditions = found(parameters);
    addRange(conditions, request, end, parameters);
    return select(conditions)
        + order(isDescending(request))
        + " LIMIT "
        + parameters.add(request.limit() + 1);
  }

  /** The last job that a page looks at; no row means that it may look at all. */
  String endOfSearch(PageRequest request, SqlParameters parameters) {
    List<String> conditions = candidates(parameters);
    addRange(conditions, request, null, parameters);
    return select(conditions)
        + order(isDescending(request))
        + " LIMIT 1 OFFSET "
        + parameters.add(JobQuery.MOST_EXAMINED - 1);
  }

  /** How many jobs there are up to an end, counted up to so many. */
  String count(@Nullable Position end, int most, SqlParameters parameters) {
    List<String> conditions = found(parameters);
    addRange(conditions, PageRequest.first(1), end, parameters);
    return counted(conditions, parameters.add(most));
  }

  /** How many jobs there are before texts and runs are looked at, counted up to so many. */
  String candidates(int most, SqlParameters parameters) {
    return counted(candidates(parameters), parameters.add(most));
  }

  private String counted(List<String> conditions, String most) {
    // In order, so that they are counted in an index and not in the table.
    return "SELECT count(*) FROM (SELECT j.id FROM jobs j WHERE "
        + String.join(" AND ", conditions)
        + (sort.key() == JobSort.Key.LAST_RUN_AT
            ? " ORDER BY j.created_at, j.id"
            : order(sort.isDescending()))
        + " LIMIT "
        + most
        + ") c";
  }

  private String select(List<String> conditions) {
    return "SELECT j.*, " + key() + " AS k FROM jobs j WHERE " + String.join(" AND ", conditions);
  }

  private String key() {
    return sort.key() == JobSort.Key.LAST_RUN_AT ? LAST_RUN_AT : "j.created_at";
  }

  private String order(boolean isDescending) {
    String direction = isDescending ? " DESC" : "";
    String first = sort.key() == JobSort.Key.NAME ? "j.name" + direction + ", " : "";
    // By its expression: a database would take a bare k for a column of its own choice.
    return " ORDER BY " + first + key() + direction + ", j.id" + direction;
  }

  private boolean isDescending(PageRequest request) {
    return sort.isDescending() != request.isBackward();
  }

  private List<String> candidates(SqlParameters parameters) {
    List<String> conditions = new ArrayList<>();
    conditions.add("j.project_id = " + parameters.add(scope.projectId()));
    if (scope.jobIds() != null) {
      conditions.add("j.id IN " + parameters.addAll(scope.jobIds()));
    }
    if (filter.name() != null) {
      conditions.add("j.name = " + parameters.add(filter.name()));
    }
    if (filter.archived() != null) {
      conditions.add(filtering("j.archived = " + parameters.add(filter.archived())));
    }
    if (!filter.types().isEmpty()) {
      conditions.add(filtering("j.type IN " + parameters.addAll(filter.types())));
    }
    return conditions;
  }

  /** By name, the index of the names is to be read, and no other one sorted. */
  private String filtering(String condition) {
    return sort.key() == JobSort.Key.NAME ? "(" + condition + ") IS TRUE" : condition;
  }

  private List<String> found(SqlParameters parameters) {
    List<String> conditions = candidates(parameters);
    if (filter.text() != null) {
      String text = parameters.add(TextSearch.lower(filter.text()));
      conditions.add("(" + has("j.name", text) + " OR " + has("j.description", text) + ")");
    }
    if (!filter.lastRunStatuses().isEmpty()) {
      conditions.add(
          LAST_RUN_STATUS
              + " IN "
              + parameters.addAll(filter.lastRunStatuses().stream().map(Enum::name).toList()));
    }
    if (filter.lastRunBefore() != null) {
      conditions.add(LAST_RUN_AT + " >= 0");
      conditions.add(LAST_RUN_AT + " < " + parameters.add(filter.lastRunBefore().toEpochMilli()));
    }
    return conditions;
  }

  private String has(String column, String text) {
    return TextSql.has(isPostgresql, column, text);
  }

  private void addRange(
      List<String> conditions,
      PageRequest request,
      @Nullable Position end,
      SqlParameters parameters) {
    boolean isDescending = isDescending(request);
    if (request.after() != null) {
      addBeyond(conditions, request.after(), isDescending ? "<" : ">", "", parameters);
    }
    if (end != null) {
      addBeyond(conditions, end, isDescending ? ">" : "<", "=", parameters);
    }
  }

  /**
   * What is on one side of a place. The first condition gives an index its range.
   *
   * @param inclusive "=" with the place itself, "" without it
   */
  private void addBeyond(
      List<String> conditions,
      Position place,
      String sign,
      String inclusive,
      SqlParameters parameters) {
    String key = parameters.add(place.major());
    String pair =
        "(%1$s %2$s %3$s OR %1$s = %3$s AND j.id %2$s%4$s %5$s)"
            .formatted(key(), sign, key, inclusive, parameters.add(place.minor()));
    if (sort.key() != JobSort.Key.NAME) {
      conditions.add(key() + " " + sign + "= " + key);
      conditions.add(pair);
      return;
    }
    String name = parameters.add(place.text());
    conditions.add("j.name " + sign + "= " + name);
    conditions.add("(j.name " + sign + " " + name + " OR " + pair + ")");
  }
}
