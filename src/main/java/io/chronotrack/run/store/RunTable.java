package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * The statements by which commands read and write the tables {@code job_runs} and {@code
 * run_events}, past Hibernate: a transaction looks at a run by its id, and writes it once, so that
 * there is nothing to manage and nothing to compare. Queries read the tables as {@link JobRunRow}
 * and {@link RunEventRow}.
 */
interface RunTable {

  /** The runs with these ids, in no certain order. */
  List<JobRun> withIds(Connection connection, Collection<Long> ids) throws SQLException;

  /** The runs of a job that have these external ids, in no certain order. */
  List<JobRun> withExternalIds(Connection connection, long jobId, Collection<String> externalIds)
      throws SQLException;

  /**
   * Stores runs that are new or have changed, and their events.
   *
   * @param runs in the order of their ids, so that all transactions take rows in one order
   * @throws org.hibernate.StaleObjectStateException if others have changed one since it was read
   */
  void write(Connection connection, List<PendingRun> runs) throws SQLException;
}
