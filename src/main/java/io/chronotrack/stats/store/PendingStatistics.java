package io.chronotrack.stats.store;

import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.RecentDurations;
import io.chronotrack.stats.Usual;
import io.chronotrack.storage.LastWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

/** The runs that have ended in one transaction, until they are counted at its end. */
final class PendingStatistics implements LastWrite {

  private final StatisticsTable table;
  private final Additions additions = new Additions();

  /** Of jobs that were asked for: what is stored, and what this transaction adds. */
  private final Map<Long, RecentDurations> recent = new HashMap<>();

  /** Of the other jobs: what this transaction adds. */
  private final Map<Long, RecentDurations> unread = new HashMap<>();

  private final Map<Long, Usual> usual = new HashMap<>();

  PendingStatistics(StatisticsTable table) {
    this.table = table;
  }

  void add(EndedRun run) {
    additions.add(run);
    RecentDurations known = recent.get(run.jobId());
    if (known == null) {
      unread.computeIfAbsent(run.jobId(), missing -> new RecentDurations()).add(run);
    } else {
      known.add(run);
      usual.remove(run.jobId());
    }
  }

  Usual usual(Session session, long jobId) {
    return usual.computeIfAbsent(
        jobId, id -> recent.computeIfAbsent(id, missing -> read(session, missing)).usual());
  }

  private RecentDurations read(Session session, long jobId) {
    var durations = new RecentDurations();
    session.doWork(
        connection ->
            table.readJobs(
                connection,
                List.of(jobId),
                (id, content) -> Addition.readDurations(content, durations)));
    RecentDurations added = unread.remove(jobId);
    if (added != null) {
      durations.add(added);
    }
    return durations;
  }

  @Override
  public boolean isContended() {
    return true;
  }

  @Override
  public void write(Session session) {
    if (additions.rows() > 0) {
      session.doWork(connection -> additions.write(connection, table));
    }
  }
}
