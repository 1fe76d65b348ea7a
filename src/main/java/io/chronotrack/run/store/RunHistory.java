package io.chronotrack.run.store;

import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.query.KeyRange;
import io.chronotrack.run.query.RunAccess;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.SqlParameters;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Runs in the table {@code job_runs}, found as a {@link RunAccess} says. A page costs the same
 * however many runs there are: it reads as many entries of an index as it has items, or, where
 * something must be looked at run by run, at most {@link RunAccess#MOST_EXAMINED}.
 *
 * <p>Made for one query; not thread-safe.
 */
final class RunHistory {

  private final Session session;
  private final RunAccess access;
  private final RunStatements statements;

  /**
   * @param projectId the project whose runs are wanted
   */
  RunHistory(ReadSessions reader, long projectId, RunAccess access) {
    this.session = reader.current().unwrap(Session.class);
    this.access = access;
    this.statements = new RunStatements(reader.isPostgresql(), projectId, access);
  }

  /** A page of the runs. */
  Page<JobRun> page(PageRequest request) {
    boolean isDescending = access.sort().isDescending() != request.isBackward();
    Position after = request.after();
    KeyRange range = after == null ? access.range() : access.range().behind(after, isDescending);
    Optional<Position> end = endOfSearch(range, isDescending);
    KeyRange searched = end.map(place -> range.upTo(place, isDescending)).orElse(range);
    List<JobRun> found = rows(searched, isDescending, request.limit() + 1);
    return Page.ofSearch(
        found, request, end.orElse(null), access.sort().isDescending(), access.sort()::positionOf);
  }

  /** How many runs there are, if they are not too many to be counted. */
  BoundedCount count() {
    boolean isDescending = access.sort().isDescending();
    Optional<Position> end = endOfSearch(access.range(), isDescending);
    KeyRange searched =
        end.map(place -> access.range().upTo(place, isDescending)).orElse(access.range());
    var parameters = new SqlParameters();
    String sql = statements.count(searched, BoundedCount.MOST + 1, parameters);
    if (sql == null) {
      return BoundedCount.of(0, true);
    }
    Long found = parameters.bindTo(session.createNativeQuery(sql, Long.class)).getSingleResult();
    return BoundedCount.of(found, end.isEmpty());
  }

  /** Where enough runs have been looked at; empty if that is behind the end. */
  private Optional<Position> endOfSearch(KeyRange range, boolean isDescending) {
    if (access.isExact()) {
      return Optional.empty();
    }
    var parameters = new SqlParameters();
    String sql = statements.endOfSearch(range, isDescending, parameters);
    if (sql == null) {
      return Optional.empty();
    }
    NativeQuery<Object[]> query =
        session
            .createNativeQuery(sql, Object[].class)
            .addScalar("k", Long.class)
            .addScalar("id", Long.class);
    return parameters.bindTo(query).getResultList().stream()
        .findFirst()
        .map(key -> new Position((Long) key[0], (Long) key[1]));
  }

  private List<JobRun> rows(KeyRange range, boolean isDescending, int most) {
    var parameters = new SqlParameters();
    String sql = statements.rows(range, isDescending, most, parameters);
    return sql == null
        ? List.of()
        : parameters
            .bindTo(session.createNativeQuery(sql, JobRunRow.class))
            .getResultList()
            .stream()
            .map(JobRunRow::toRun)
            .toList();
  }
}
