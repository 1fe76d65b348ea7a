package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobQuery;
import io.chronotrack.job.JobSort;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.SqlParameters;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in the table {@code jobs}, with what must be known of their last runs. How many runs there
 * are does not matter: the last one of a job is the first entry of an index.
 *
 * <p>Made for one query; not thread-safe.
 */
final class JobList {

  private final Session session;
  private final JobQuery query;
  private final JobStatements statements;

  JobList(ReadSessions reader, Scope scope, JobQuery query) {
    this.session = reader.current().unwrap(Session.class);
    this.query = query;
    this.statements = new JobStatements(reader.isPostgresql(), scope, query);
  }

  /** A row with what it is sorted by. */
  private record Found(Job job, Position position) {}

  Page<Job> page(PageRequest request) {
    verifyCanBeSorted();
    Position end = endOfSearch(request);
    List<Found> found = rows(request, end);
    return Page.ofSearch(found, request, end, query.sort().isDescending(), Found::position)
        .map(Found::job);
  }

  BoundedCount count() {
    verifyCanBeSorted();
    Position end = endOfSearch(PageRequest.first(1));
    var parameters = new SqlParameters();
    String sql = statements.count(end, BoundedCount.MOST + 1, parameters);
    Long found = parameters.bindTo(session.createNativeQuery(sql, Long.class)).getSingleResult();
    return BoundedCount.of(found, end == null);
  }

  private void verifyCanBeSorted() {
    if (query.sort().key() != JobSort.Key.LAST_RUN_AT) {
      return;
    }
    var parameters = new SqlParameters();
    String sql = statements.candidates(JobQuery.MOST_SORTED + 1, parameters);
    Long candidates =
        parameters.bindTo(session.createNativeQuery(sql, Long.class)).getSingleResult();
    if (candidates > JobQuery.MOST_SORTED) {
      throw new ValidationFailed(
          Violation.ofParameter(
              "sort",
              "takes at most "
                  + JobQuery.MOST_SORTED
                  + " jobs by their last runs: add type, archived or name"));
    }
  }

  /** Where enough jobs have been looked at; {@code null} if that is behind the end. */
  private @Nullable Position endOfSearch(PageRequest request) {
    if (!statements.endsEarly()) {
      return null;
    }
    var parameters = new SqlParameters();
    String sql = statements.endOfSearch(request, parameters);
    return read(sql, parameters).stream().findFirst().map(Found::position).orElse(null);
  }

  private List<Found> rows(PageRequest request, @Nullable Position end) {
    var parameters = new SqlParameters();
    return read(statements.rows(request, end, parameters), parameters);
  }

  private List<Found> read(String sql, SqlParameters parameters) {
    NativeQuery<Object[]> rows =
        session
            .createNativeQuery(sql, Object[].class)
            .addEntity(JobRow.class)
            .addScalar("k", Long.class);
    return parameters.bindTo(rows).getResultList().stream().map(this::found).toList();
  }

  private Found found(Object[] columns) {
    Job job = ((JobRow) Objects.requireNonNull(columns[0])).toJob();
    String text = query.sort().key() == JobSort.Key.NAME ? job.name() : "";
    return new Found(job, new Position((Long) Objects.requireNonNull(columns[1]), job.id(), text));
  }
}
