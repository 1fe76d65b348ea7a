package io.chronotrack.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of a run, kept for ever.
 *
 * @param runId the run that changed
 * @param version the run's version after the change; with {@code runId} it identifies the event
 * @param type what kind of change it was
 * @param fromStatus the status before; {@code null} at the creation
 * @param toStatus the status after
 * @param changed names of the run's members that got another value; empty at the creation
 * @param occurredAt when it happened, by the client if it said so
 * @param recordedAt when the server stored it
 */
public record RunEvent(
    long runId,
    long version,
    Type type,
    @Nullable RunStatus fromStatus,
    RunStatus toStatus,
    List<String> changed,
    Instant occurredAt,
    Instant recordedAt) {

  /** Kinds of changes. */
  public enum Type {
    /** The run was created. */
    CREATED,
    /** The run got another status. */
    STATUS_CHANGED,
    /** The run kept its status and got another error message or other metadata. */
    AMENDED
  }

  public RunEvent {
    changed = List.copyOf(changed);
  }

  /** The first event of a run. */
  public static RunEvent created(JobRun run) {
    return new RunEvent(
        run.id(),
        run.version(),
        Type.CREATED,
        null,
        run.status(),
        List.of(),
        latest(run),
        run.createdAt());
  }

  /** The event that leads from one version of a run to its next. */
  public static RunEvent between(JobRun before, JobRun after) {
    boolean moved = before.status() != after.status();
    return new RunEvent(
        after.id(),
        after.version(),
        moved ? Type.STATUS_CHANGED : Type.AMENDED,
        before.status(),
        after.status(),
        changedMembers(before, after),
        moved ? latest(after) : after.updatedAt(),
        after.updatedAt());
  }

  private static Instant latest(JobRun run) {
    Instant started = Objects.requireNonNullElse(run.times().startedAt(), run.createdAt());
    return Objects.requireNonNullElse(run.times().finishedAt(), started);
  }

  private static List<String> changedMembers(JobRun before, JobRun after) {
    List<String> changed = new ArrayList<>();
    addIfDifferent(changed, "status", before.status(), after.status());
    addIfDifferent(changed, "startedAt", before.times().startedAt(), after.times().startedAt());
    addIfDifferent(changed, "finishedAt", before.times().finishedAt(), after.times().finishedAt());
    addIfDifferent(changed, "errorMessage", before.errorMessage(), after.errorMessage());
    addIfDifferent(changed, "metadata", before.metadata(), after.metadata());
    return changed;
  }

  private static void addIfDifferent(
      List<String> changed, String member, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(member);
    }
  }
}
