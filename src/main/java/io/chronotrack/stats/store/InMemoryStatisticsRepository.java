package io.chronotrack.stats.store;

import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.RecentDurations;
import io.chronotrack.stats.Series;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.Tally;
import io.chronotrack.stats.Usual;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Statistics in the heap. */
public final class InMemoryStatisticsRepository implements StatisticsRepository {

  private static final long QUARTERS_OF_DAY = 96;

  private final Map<Long, RecentDurations> recent = new HashMap<>();
  private final Map<Long, NavigableMap<Long, Tally>> quartersOfJobs = new HashMap<>();
  private final Map<Long, NavigableMap<Long, Tally>> quartersOfProjects = new HashMap<>();

  @Override
  public synchronized void record(EndedRun run) {
    recent.computeIfAbsent(run.jobId(), missing -> new RecentDurations()).add(run);
    count(quartersOfJobs, run.jobId(), run);
    count(quartersOfProjects, run.projectId(), run);
  }

  private static void count(
      Map<Long, NavigableMap<Long, Tally>> owners, long ownerId, EndedRun run) {
    owners
        .computeIfAbsent(ownerId, missing -> new TreeMap<>())
        .computeIfAbsent(Series.quarterOf(run.finishedAt()), missing -> new Tally())
        .add(run);
  }

  @Override
  public synchronized Usual usualForUpdate(long jobId) {
    RecentDurations durations = recent.get(jobId);
    return durations == null ? Usual.UNKNOWN : durations.usual();
  }

  @Override
  public synchronized Map<Long, Usual> usual(Collection<Long> jobIds) {
    Map<Long, Usual> usual = new HashMap<>();
    for (long jobId : jobIds) {
      RecentDurations durations = recent.get(jobId);
      if (durations != null) {
        usual.put(jobId, durations.usual());
      }
    }
    return usual;
  }

  @Override
  public synchronized Map<Long, Tally> since(long firstDay, Collection<Long> jobIds) {
    Map<Long, Tally> tallies = new HashMap<>();
    for (long jobId : jobIds) {
      var total = new Tally();
      quarters(quartersOfJobs, jobId)
          .tailMap(firstDay * QUARTERS_OF_DAY, true)
          .values()
          .forEach(total::add);
      tallies.put(jobId, total);
    }
    return tallies;
  }

  @Override
  public synchronized void addJobs(Collection<Long> jobIds, Series series) {
    jobIds.forEach(jobId -> add(quarters(quartersOfJobs, jobId), series));
  }

  @Override
  public synchronized void addProject(long projectId, Series series) {
    add(quarters(quartersOfProjects, projectId), series);
  }

  private static NavigableMap<Long, Tally> quarters(
      Map<Long, NavigableMap<Long, Tally>> owners, long ownerId) {
    NavigableMap<Long, Tally> quarters = owners.get(ownerId);
    return quarters == null ? new TreeMap<>() : quarters;
  }

  private static void add(NavigableMap<Long, Tally> quarters, Series series) {
    quarters
        .subMap(series.firstQuarter(), true, series.endQuarter(), false)
        .forEach(
            (quarter, tally) -> {
              Tally target = series.of(quarter);
              if (target != null) {
                target.add(tally);
              }
            });
  }
}
