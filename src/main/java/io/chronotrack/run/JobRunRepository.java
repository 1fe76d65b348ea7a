package io.chronotrack.run;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.run.query.RunQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps runs and their events. Safe for use by many threads.
 *
 * <p>{@link #find}, {@link #list} and {@link #events} read what has been committed and never wait
 * for a writer. The other methods belong into a write transaction of {@link
 * io.chronotrack.storage.Transactions}. A run and its event are stored together or not at all.
 */
public interface JobRunRepository {

  /** An id that no run has or ever had; ids grow. */
  long nextId();

  /** Adds a run with a new id, and the event of its creation. */
  default void insert(JobRun run, RunEvent event) {
    insertAll(List.of(new RecordedRun(run, List.of(event))));
  }

  /**
   * Adds runs with new ids, each with all its events.
   *
   * <p>No two runs have the same {@link ExternalId}: whoever inserts has looked for it in the same
   * transaction. One that is there already is a defect, which fails the transaction.
   */
  void insertAll(Collection<RecordedRun> runs);

  /**
   * Replaces a run that exists, and adds the event that led to it.
   *
   * @param run the changed run, whose version is one more than the stored one's
   * @throws StaleVersion if the stored run has another version; nothing is changed then
   */
  default void update(JobRun run, RunEvent event) {
    updateAll(List.of(new RecordedRun(run, List.of(event))));
  }

  /**
   * Replaces runs that exist, each in one step, and adds the events that led to them.
   *
   * @param runs different runs, whose versions are as many more than the stored ones' as they have
   *     events
   * @throws StaleVersion if a stored run has another version; nothing is changed then
   */
  void updateAll(Collection<RecordedRun> runs);

  /** The run as last committed; empty for an id that is unknown in the scope. */
  Optional<JobRun> find(Scope scope, long id);

  /**
   * The run as the running transaction sees it, to be changed by it; empty for an id that is
   * unknown in the scope.
   */
  Optional<JobRun> findForUpdate(Scope scope, long id);

  /** The runs with these ids, like {@link #findForUpdate(Scope, long)}, in no certain order. */
  List<JobRun> findForUpdate(Scope scope, Collection<Long> ids);

  /**
   * The runs with these external ids as the running transaction sees them, in no certain order;
   * what is unknown in the scope is not among them. Costs one query for each job at most, however
   * many runs have been inserted by the transaction.
   */
  List<JobRun> findByExternalIdForUpdate(Scope scope, Collection<ExternalId> ids);

  /**
   * Runs of the scope that a query takes, in its order. A page may have fewer runs than the limit,
   * or none, although others follow; then looking for them would have cost too much for one page.
   *
   * @throws io.chronotrack.problem.ValidationFailed if the query is too broad for its order; it
   *     tells what to add
   */
  Page<JobRun> list(Scope scope, RunQuery query, PageRequest request);

  /**
   * How many runs of the scope a query takes, counted as far as a page would be looked for.
   *
   * @throws io.chronotrack.problem.ValidationFailed as {@link #list} does
   */
  BoundedCount count(Scope scope, RunQuery query);

  /** Events of a run of any scope, oldest first; none for an unknown run. */
  Page<RunEvent> events(long runId, PageRequest request);
}
