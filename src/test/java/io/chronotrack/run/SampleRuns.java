package io.chronotrack.run;

import io.chronotrack.change.Change;
import io.chronotrack.job.Job;
import io.chronotrack.job.NewJob;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs and patches that tests begin with. */
public final class SampleRuns {

  /** When the samples are created. */
  public static final Instant CREATED = Instant.parse("2026-01-31T09:30:00Z");

  /** When samples that have started did. */
  static final Instant STARTED = CREATED.plusSeconds(1);

  /** When samples that have ended did. */
  static final Instant FINISHED = CREATED.plusSeconds(61);

  private SampleRuns() {}

  /** What a client says to create a run in a status, with the times that this status asks for. */
  public static NewRun wanted(RunStatus status) {
    return new NewRun(
        null,
        status,
        Set.of(RunStatus.RUNNING, RunStatus.SUCCESS, RunStatus.FAILED).contains(status)
            ? STARTED
            : null,
        status.isEnd() ? FINISHED : null,
        null,
        null,
        null);
  }

  /** A run that is announced under a client's own id. */
  public static NewRun announced(String externalId) {
    return new NewRun(externalId, RunStatus.PENDING, null, null, null, null, null);
  }

  /** A successful run of ten seconds that is reported when it has ended. */
  public static NewRun reported(Instant end) {
    return new NewRun(null, RunStatus.SUCCESS, end.minusSeconds(10), end, null, null, null);
  }

  /** A run that was compared with others, whatever they were. */
  public static JobRun withPace(JobRun run, double durationVsMedian, boolean slowerThanUsual) {
    return new JobRun(
        run.id(),
        run.projectId(),
        run.jobId(),
        run.externalId(),
        run.status(),
        run.times(),
        new RunPace(run.pace().queueMs(), durationVsMedian, slowerThanUsual, false),
        run.errorMessage(),
        run.metadata(),
        run.traceparent(),
        run.createdAt(),
        run.updatedAt(),
        run.version());
  }

  /** Job 3 of the project 1. */
  static Job job() {
    return Job.create(3, 1, new NewJob("nightly", null, null), CREATED);
  }

  /** Run 7 of job 3 in a status. */
  static JobRun in(RunStatus status) {
    return JobRun.create(7, job(), wanted(status), CREATED);
  }

  /** A patch that asks for a status and says nothing else. */
  public static RunPatch to(RunStatus status) {
    return to(status, Change.none(), Change.none());
  }

  /** A patch that asks for a status and tells times. */
  public static RunPatch to(
      RunStatus status, Change<Instant> startedAt, Change<Instant> finishedAt) {
    return new RunPatch(Change.to(status), startedAt, finishedAt, Change.none(), Change.none());
  }

  /** A patch that tells times without a status. */
  static RunPatch times(Change<Instant> startedAt, Change<Instant> finishedAt) {
    return new RunPatch(Change.none(), startedAt, finishedAt, Change.none(), Change.none());
  }

  /** A patch of the error message. */
  public static RunPatch message(@Nullable String message) {
    return new RunPatch(
        Change.none(), Change.none(), Change.none(), Change.to(message), Change.none());
  }

  /** A patch of the metadata with this JSON object. */
  public static RunPatch metadata(String json) {
    return new RunPatch(
        Change.none(), Change.none(), Change.none(), Change.none(), Change.to(new Metadata(json)));
  }
}
