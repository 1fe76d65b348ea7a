package io.chronotrack.run;

import org.jspecify.annotations.Nullable;

/**
 * A client's own id of a run: what no two runs share.
 *
 * @param jobId the job that the run belongs to
 * @param value the id, which runs of other jobs may have as well
 */
public record ExternalId(long jobId, String value) {

  /** That of a run; {@code null} if it has none. */
  public static @Nullable ExternalId of(JobRun run) {
    String value = run.externalId();
    return value == null ? null : new ExternalId(run.jobId(), value);
  }
}
