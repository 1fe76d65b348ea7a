package io.chronotrack.job;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps jobs. Safe for use by many threads.
 *
 * <p>{@link #find} and {@link #list} read what has been committed and never wait for a writer. The
 * other methods belong into a write transaction of {@link io.chronotrack.storage.Transactions}.
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

  /** Jobs of the scope that fit the filter, newest first: by creation time, then by id. */
  Page<Job> list(Scope scope, JobFilter filter, PageRequest request);
}
