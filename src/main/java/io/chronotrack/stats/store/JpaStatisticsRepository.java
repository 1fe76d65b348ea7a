package io.chronotrack.stats.store;

import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.RecentDurations;
import io.chronotrack.stats.Series;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.Tally;
import io.chronotrack.stats.Usual;
import io.chronotrack.stats.store.StatisticsKey.Kind;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.WriteSessions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

/** Statistics in the table {@code run_statistics}. */
public final class JpaStatisticsRepository implements StatisticsRepository {

  private static final int QUARTERS_OF_HOUR = 4;

  private final WriteSessions writer;
  private final ReadSessions reader;
  private final StatisticsTable table;

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaStatisticsRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
    this.table = new StatisticsTable(writer.isShared());
  }

  @Override
  public void record(EndedRun run) {
    pending().add(run);
  }

  @Override
  public Usual usualForUpdate(long jobId) {
    return pending().usual(writer.current().unwrap(Session.class), jobId);
  }

  private PendingStatistics pending() {
    return writer.lastWrite(PendingStatistics.class, () -> new PendingStatistics(table));
  }

  @Override
  public Map<Long, Usual> usual(Collection<Long> jobIds) {
    Map<Long, RecentDurations> recent = new HashMap<>();
    readJobs(
        jobIds,
        (id, content) ->
            Addition.readDurations(
                content, recent.computeIfAbsent(id, missing -> new RecentDurations())));
    Map<Long, Usual> usual = new HashMap<>();
    recent.forEach((id, durations) -> usual.put(id, durations.usual()));
    return usual;
  }

  @Override
  public Map<Long, Tally> since(long firstDay, Collection<Long> jobIds) {
    Map<Long, Tally> tallies = new HashMap<>();
    readJobs(
        jobIds,
        (id, content) -> {
          Tally tally = tallies.computeIfAbsent(id, missing -> new Tally());
          Addition.readDays(content, day -> day >= firstDay ? tally : null);
        });
    return tallies;
  }

  private void readJobs(Collection<Long> jobIds, StatisticsTable.Reading reading) {
    reader
        .current()
        .unwrap(Session.class)
        .doWork(connection -> table.readJobs(connection, jobIds, reading));
  }

  @Override
  public void addJobs(Collection<Long> jobIds, Series series) {
    addHours(Kind.JOB_HOUR, jobIds, series);
  }

  @Override
  public void addProject(long projectId, Series series) {
    addHours(Kind.PROJECT_HOUR, List.of(projectId), series);
  }

  private void addHours(Kind kind, Collection<Long> ownerIds, Series series) {
    long firstHour = Math.floorDiv(series.firstQuarter(), QUARTERS_OF_HOUR);
    long endHour = Math.floorDiv(series.endQuarter() + QUARTERS_OF_HOUR - 1, QUARTERS_OF_HOUR);
    reader
        .current()
        .unwrap(Session.class)
        .doWork(
            connection ->
                table.readHours(
                    connection,
                    kind,
                    ownerIds,
                    firstHour,
                    endHour,
                    (id, content) -> Addition.readQuarters(content, series::of)));
  }
}
