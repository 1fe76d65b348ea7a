package io.chronotrack.stats;

import io.chronotrack.access.Caller;
import java.util.Collection;
import java.util.Map;

/**
 * Tells how jobs are doing. Whoever keeps the runs implements it: a job shows what is told here and
 * knows nothing of runs.
 */
public interface JobSummaries {

  /**
   * The summary of each of these jobs, at the cost of a few queries for all of them.
   *
   * @param jobIds jobs that the caller sees
   */
  Map<Long, JobSummary> of(Caller caller, Collection<Long> jobIds);
}
