package io.chronotrack.run;

import io.chronotrack.change.Change;
import io.chronotrack.job.Job;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.stats.RunBrief;
import io.chronotrack.stats.Usual;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a job.
 *
 * <p>It is PENDING until it starts, RUNNING until it ends as SUCCESS or FAILED, and may be
 * CANCELLED before its end. Its times are set by these transitions and by nothing else. After the
 * end, its error message and metadata may still be amended.
 *
 * @param id assigned by ChronoTrack, from 1
 * @param projectId the project that its job belongs to
 * @param jobId the job that was executed
 * @param externalId the client's own id, which no other run of the job has; never changes
 * @param status where it is in its life
 * @param times when it started and ended
 * @param pace how fast it was, or is
 * @param errorMessage what went wrong
 * @param metadata what the client wants to remember
 * @param traceparent the W3C trace context of the request that created it
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 * @param version counts the changes, from 1
 */
public record JobRun(
    long id,
    long projectId,
    long jobId,
    @Nullable String externalId,
    RunStatus status,
    RunTimes times,
    RunPace pace,
    @Nullable String errorMessage,
    @Nullable Metadata metadata,
    @Nullable String traceparent,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  /**
   * A new run of a job.
   *
   * @throws io.chronotrack.problem.ValidationFailed if its times do not fit
   */
  public static JobRun create(long id, Job job, NewRun wanted, Instant now) {
    return new JobRun(
        id,
        job.projectId(),
        job.id(),
        wanted.externalId(),
        wanted.status(),
        RunTimes.ofNew(wanted.status(), wanted.startedAt(), wanted.finishedAt(), now),
        RunPace.UNKNOWN,
        wanted.errorMessage(),
        wanted.metadata(),
        wanted.traceparent(),
        now,
        now,
        1);
  }

  /**
   * This run after a patch; this very run when the patch changes nothing, as when a transition is
   * repeated with the same data.
   *
   * @throws IllegalTransition if the run cannot get the status that the patch asks for
   * @throws io.chronotrack.problem.ValidationFailed if the patch gives times that do not fit
   */
  public JobRun apply(RunPatch patch, Instant now) {
    JobRun patched = transition(patch, now).amend(patch.errorMessage(), patch.metadata());
    return patched.equals(this) ? this : patched.changedAt(now);
  }

  /**
   * PENDING to RUNNING.
   *
   * @param at when it started; {@code null} is now
   */
  public JobRun start(@Nullable Instant at, Instant now) {
    verifyMayBecome(RunStatus.RUNNING);
    Instant start = at == null ? now : at;
    // By the client's clock it may have started before the server heard of it.
    long queueMs = Math.max(0, createdAt.until(start, ChronoUnit.MILLIS));
    return moveTo(RunStatus.RUNNING, times.started(start, now), pace.queued(queueMs));
  }

  /**
   * RUNNING to SUCCESS.
   *
   * @param at when it ended; {@code null} is now
   */
  public JobRun succeed(@Nullable Instant at, Instant now) {
    return end(RunStatus.SUCCESS, at, now);
  }

  /**
   * RUNNING to FAILED.
   *
   * @param at when it ended; {@code null} is now
   */
  public JobRun fail(@Nullable Instant at, Instant now) {
    return end(RunStatus.FAILED, at, now);
  }

  /**
   * PENDING or RUNNING to CANCELLED.
   *
   * @param at when it was called off; {@code null} is now
   */
  public JobRun cancel(@Nullable Instant at, Instant now) {
    return end(RunStatus.CANCELLED, at, now);
  }

  /** This run in few words. */
  public RunBrief brief() {
    Duration duration = times.duration();
    return new RunBrief(
        id,
        jobId,
        status.name(),
        times.startedAt(),
        times.finishedAt(),
        duration == null ? null : duration.toMillis());
  }

  /** This run, which has ended, with a comparison to what was usual for its job before it. */
  JobRun compared(Usual usual) {
    Duration duration = times.duration();
    return duration == null ? this : withPace(pace.compared(duration.toMillis(), usual));
  }

  /**
   * This run as it looks at a time: whether it is overdue then.
   *
   * @param usual asked only if it matters
   */
  JobRun observed(Instant now, Supplier<Usual> usual) {
    Instant startedAt = times.startedAt();
    if (status != RunStatus.RUNNING || startedAt == null || !startedAt.isBefore(now)) {
      return this;
    }
    return withPace(pace.overdue(usual.get().isOverdue(startedAt.until(now, ChronoUnit.MILLIS))));
  }

  private JobRun withPace(RunPace newPace) {
    return copy(status, times, newPace, errorMessage, metadata, updatedAt, version);
  }

  /**
   * Refuses metadata that has grown too large by being patched.
   *
   * @throws io.chronotrack.problem.ValidationFailed if it has
   */
  void verifySize(int maxMetadataBytes) {
    if (metadata != null && metadata.bytes() > maxMetadataBytes) {
      throw new ValidationFailed(
          Violation.ofMember(
              "metadata",
              "must not have more than " + maxMetadataBytes + " bytes after the change"));
    }
  }

  private JobRun end(RunStatus to, @Nullable Instant at, Instant now) {
    verifyMayBecome(to);
    return moveTo(to, times.ended(at, now), pace);
  }

  private void verifyMayBecome(RunStatus to) {
    if (!status.next().contains(to)) {
      throw new IllegalTransition(id, status, to);
    }
  }

  private JobRun transition(RunPatch patch, Instant now) {
    RunStatus to = patch.status().applyToRequired(status);
    if (to == status) {
      return repeat(patch);
    }
    verifyMayBecome(to);
    Instant end = patch.finishedAt().value();
    return switch (to) {
      case PENDING -> throw new IllegalTransition(id, status, to);
      case RUNNING -> {
        times.verifyUnchangedBy(Change.none(), patch.finishedAt());
        yield start(patch.startedAt().value(), now);
      }
      case SUCCESS -> withStartOf(patch).succeed(end, now);
      case FAILED -> withStartOf(patch).fail(end, now);
      case CANCELLED -> withStartOf(patch).cancel(end, now);
    };
  }

  private JobRun withStartOf(RunPatch patch) {
    times.verifyUnchangedBy(patch.startedAt(), Change.none());
    return this;
  }

  private JobRun repeat(RunPatch patch) {
    boolean asked = patch.status().given();
    if (asked && !times.agreeWith(patch.startedAt(), patch.finishedAt())) {
      throw new IllegalTransition(id, status, status);
    }
    times.verifyUnchangedBy(patch.startedAt(), patch.finishedAt());
    return this;
  }

  private JobRun moveTo(RunStatus to, RunTimes newTimes, RunPace newPace) {
    return copy(to, newTimes, newPace, errorMessage, metadata, updatedAt, version);
  }

  private JobRun amend(Change<String> message, Change<Metadata> data) {
    Metadata patch = data.value();
    Metadata amended = patch == null ? data.applyTo(metadata) : patch.mergedInto(metadata);
    return copy(status, times, pace, message.applyTo(errorMessage), amended, updatedAt, version);
  }

  private JobRun changedAt(Instant now) {
    return copy(status, times, pace, errorMessage, metadata, now, version + 1);
  }

  private JobRun copy(
      RunStatus newStatus,
      RunTimes newTimes,
      RunPace newPace,
      @Nullable String newErrorMessage,
      @Nullable Metadata newMetadata,
      Instant newUpdatedAt,
      long newVersion) {
    return new JobRun(
        id,
        projectId,
        jobId,
        externalId,
        newStatus,
        newTimes,
        newPace,
        newErrorMessage,
        newMetadata,
        traceparent,
        createdAt,
        newUpdatedAt,
        newVersion);
  }
}
