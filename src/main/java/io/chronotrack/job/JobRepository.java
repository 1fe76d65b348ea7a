package io.chronotrack.job;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps jobs. Safe for use by many threads.
 *
 * <p>{@link #find}, {@code list} and {@link #count} read what has been committed and never wait for
 * a writer. The other methods belong into a write transaction of {@link
 * io.chronotrack.storage.Transactions}.
 */
public interface JobRepository {

  /** An id that no job has or ever had; ids grow. */
  long nextId();

  /** Adds a job with a new id. */
  void insert(Job job);

  /**
   * Replaces a job that exists.
   *
   * @param job the changed job, whose version is one more than the stored one's
   * @throws StaleVersion if the stored job has another version; nothing is changed then
   */
  void update(Job job);

  /** The job as last committed; empty for an id that is unknown in the scope. */
  Optional<Job> find(Scope scope, long id);

  /**
   * The job as the running transaction sees it, to be changed by it; empty for an id that is
   * unknown in the scope.
   */
  Optional<Job> findForUpdate(Scope scope, long id);

  /** The jobs with these ids, like {@link #findForUpdate(Scope, long)}, in no certain order. */
  List<Job> findForUpdate(Scope scope, Collection<Long> ids);

  /**
   * Jobs of the scope that fit the query, in its order. A page may have fewer jobs than the limit,
   * or none, although others follow; then looking for them would have cost too much for one page.
   *
   * @throws io.chronotrack.problem.ValidationFailed if there are too many for the order; it tells
   *     what to add
   */
  Page<Job> list(Scope scope, JobQuery query, PageRequest request);

  /** Jobs of the scope that fit the filter, newest first: by creation time, then by id. */
  default Page<Job> list(Scope scope, JobFilter filter, PageRequest request) {
    return list(scope, new JobQuery(filter, JobSort.NEWEST_FIRST), request);
  }

  /**
   * How many jobs of the scope fit the query, counted as far as a page would be looked for.
   *
   * @throws io.chronotrack.problem.ValidationFailed as {@link #list(Scope, JobQuery, PageRequest)}
   *     does
   */
  BoundedCount count(Scope scope, JobQuery query);
}
