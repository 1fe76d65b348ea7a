package io.chronotrack.run;

import io.chronotrack.page.Page;
import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.RunOutcome;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.Usual;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run has to do with the statistics of its job: when it ends it is compared with what is
 * usual, and counted; until then it may be overdue.
 */
public final class RunFigures {

  private final StatisticsRepository statistics;

  /** Compares with these statistics. */
  public RunFigures(StatisticsRepository statistics) {
    this.statistics = statistics;
  }

  /**
   * A changed run, compared with its job's last runs if the change has ended it.
   *
   * @param wasEnded whether it had ended before
   */
  JobRun compared(boolean wasEnded, JobRun changed) {
    return wasEnded || !changed.status().isEnd() || changed.times().duration() == null
        ? changed
        : changed.compared(statistics.usualForUpdate(changed.jobId()));
  }

  /** Counts a run whose end is being stored by the running transaction. */
  void record(JobRun run) {
    Instant finishedAt = run.times().finishedAt();
    if (finishedAt == null) {
      throw new IllegalArgumentException("run " + run.id() + " has not ended");
    }
    Duration duration = run.times().duration();
    statistics.record(
        new EndedRun(
            run.projectId(),
            run.jobId(),
            outcomeOf(run.status()),
            finishedAt,
            duration == null ? null : duration.toMillis(),
            run.pace().queueMs()));
  }

  /** A run as the running transaction sees it at this time. */
  JobRun observedForUpdate(JobRun run, Instant now) {
    return run.observed(now, () -> statistics.usualForUpdate(run.jobId()));
  }

  /** Committed runs as they look at this time; asks for what is usual once at most. */
  public List<JobRun> observed(Collection<JobRun> runs, Instant now) {
    Set<Long> running =
        runs.stream()
            .filter(run -> run.status() == RunStatus.RUNNING)
            .map(JobRun::jobId)
            .collect(Collectors.toSet());
    Map<Long, Usual> usual = running.isEmpty() ? Map.of() : statistics.usual(running);
    return runs.stream()
        .map(run -> run.observed(now, () -> usual.getOrDefault(run.jobId(), Usual.UNKNOWN)))
        .toList();
  }

  /** A page of them. */
  public Page<JobRun> observed(Page<JobRun> page, Instant now) {
    return new Page<>(observed(page.items(), now), page.next(), page.previous());
  }

  private static RunOutcome outcomeOf(RunStatus end) {
    return switch (end) {
      case SUCCESS -> RunOutcome.SUCCESS;
      case FAILED -> RunOutcome.FAILED;
      case CANCELLED -> RunOutcome.CANCELLED;
      case PENDING, RUNNING -> throw new IllegalArgumentException(end + " is no end");
    };
  }
}
