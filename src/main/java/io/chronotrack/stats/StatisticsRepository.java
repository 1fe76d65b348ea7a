package io.chronotrack.stats;

import java.util.Collection;
import java.util.Map;

/**
 * Keeps statistics. Safe for use by many threads.
 *
 * <p>{@link #record} and {@link #usualForUpdate} belong into a write transaction of {@link
 * io.chronotrack.storage.Transactions}; the other methods read what has been committed and never
 * wait for a writer.
 */
public interface StatisticsRepository {

  /** Counts a run that ends, once for all. */
  void record(EndedRun run);

  /** What is usual for a job as the running transaction sees it, with what it has recorded. */
  Usual usualForUpdate(long jobId);

  /** What is usual for these jobs; a job that had no successful run is not among them. */
  Map<Long, Usual> usual(Collection<Long> jobIds);

  /**
   * The runs of these jobs that ended on one of the last days; a job that had none may be left out.
   *
   * @param firstDay days in UTC since 1970-01-01, at most six before the present one: no earlier
   *     day is kept by the job
   */
  Map<Long, Tally> since(long firstDay, Collection<Long> jobIds);

  /** Adds the runs of these jobs to the spans in which they ended. */
  void addJobs(Collection<Long> jobIds, Series series);

  /** Adds the runs of a project to the spans in which they ended. */
  void addProject(long projectId, Series series);
}
