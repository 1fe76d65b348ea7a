package io.chronotrack.run.query;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are wanted, and in which order.
 *
 * @param condition what they must fit
 * @param sort their order; a run that does not have what is sorted by is not among them
 */
public record RunQuery(RunCondition condition, RunSort sort) {

  /** All runs, newest first. */
  public static final RunQuery ALL = new RunQuery(RunCondition.ANY_RUN, RunSort.NEWEST_FIRST);

  /**
   * Runs newest first.
   *
   * @param jobId of this job; {@code null} takes those of every job
   * @param statuses with one of these statuses; empty takes every status
   */
  public static RunQuery of(@Nullable Long jobId, Set<RunStatus> statuses) {
    List<RunCondition> conditions = new ArrayList<>();
    if (jobId != null) {
      conditions.add(new RunCondition.JobIn(Set.of(jobId)));
    }
    if (!statuses.isEmpty()) {
      conditions.add(new RunCondition.StatusIn(statuses));
    }
    return new RunQuery(RunCondition.all(conditions), RunSort.NEWEST_FIRST);
  }

  /**
   * Whether a run is one of them.
   *
   * @param jobType the type of its job; {@code null} if it has none
   */
  public boolean takes(JobRun run, @Nullable String jobType) {
    return sort.measure().of(run) != null
        && condition.fits(new RunCondition.Candidate(run, jobType));
  }
}
