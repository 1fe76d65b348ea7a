package io.chronotrack.run;

import io.chronotrack.change.Change;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a run started and ended, and the rules that hold for these two times.
 *
 * <p>A time comes from the client, or from the server's clock when the client gives none. The end
 * is never before the start, and neither is more than {@link #TOLERATED_FUTURE} ahead of the
 * server's clock; a breach is a {@link ValidationFailed}.
 *
 * @param startedAt {@code null} until the run starts, and for ever if it is cancelled before
 * @param finishedAt {@code null} until the run ends
 */
public record RunTimes(@Nullable Instant startedAt, @Nullable Instant finishedAt) {

  /** How far a client's clock may be ahead of the server's. */
  static final Duration TOLERATED_FUTURE = Duration.ofMinutes(5);

  private static final RunTimes NONE = new RunTimes(null, null);

  /** The times of a run that is created with a status, possibly after the fact. */
  static RunTimes ofNew(
      RunStatus status, @Nullable Instant startedAt, @Nullable Instant finishedAt, Instant now) {
    List<Violation> violations = new ArrayList<>();
    boolean announced = status == RunStatus.PENDING;
    boolean reported = status.isEnd();
    if (announced && startedAt != null) {
      violations.add(notAllowed("startedAt", "a run that is PENDING has not started"));
    }
    if (!reported && finishedAt != null) {
      violations.add(notAllowed("finishedAt", "a run that is " + status + " has not ended"));
    }
    // What is cancelled may never have started.
    if (reported && startedAt == null && status != RunStatus.CANCELLED) {
      violations.add(missing("startedAt", status));
    }
    if (reported && finishedAt == null) {
      violations.add(missing("finishedAt", status));
    }
    refuse(violations);
    return announced || reported
        ? new RunTimes(startedAt, finishedAt).verified(now)
        : NONE.started(startedAt, now);
  }

  /**
   * The times after a start.
   *
   * @param at what the client says; {@code null} is now
   */
  RunTimes started(@Nullable Instant at, Instant now) {
    return new RunTimes(at == null ? now : at, null).verified(now);
  }

  /**
   * The times after an end.
   *
   * @param at what the client says; {@code null} is now
   */
  RunTimes ended(@Nullable Instant at, Instant now) {
    if (at != null) {
      return new RunTimes(startedAt, at).verified(now);
    }
    // The start may be by a client's clock that is ahead of the server's: the server's own time
    // must not make a run end before it started.
    boolean ahead = startedAt != null && startedAt.isAfter(now);
    return new RunTimes(startedAt, ahead ? startedAt : now);
  }

  /** Whether what a client says of the times is what they are; saying nothing is. */
  boolean agreeWith(Change<Instant> start, Change<Instant> end) {
    return !differs(start, startedAt) && !differs(end, finishedAt);
  }

  /** Refuses times that come without the change of status that sets them. */
  void verifyUnchangedBy(Change<Instant> start, Change<Instant> end) {
    List<Violation> violations = new ArrayList<>();
    if (differs(start, startedAt)) {
      violations.add(fixed("startedAt", startedAt));
    }
    if (differs(end, finishedAt)) {
      violations.add(fixed("finishedAt", finishedAt));
    }
    refuse(violations);
  }

  /** From start to end; {@code null} until the end, and without a start. */
  public @Nullable Duration duration() {
    return startedAt == null || finishedAt == null ? null : Duration.between(startedAt, finishedAt);
  }

  private RunTimes verified(Instant now) {
    List<Violation> violations = new ArrayList<>();
    Instant latest = now.plus(TOLERATED_FUTURE);
    if (startedAt != null && startedAt.isAfter(latest)) {
      violations.add(inFuture("startedAt"));
    }
    if (finishedAt != null && finishedAt.isAfter(latest)) {
      violations.add(inFuture("finishedAt"));
    }
    if (startedAt != null && finishedAt != null && finishedAt.isBefore(startedAt)) {
      violations.add(
          Violation.ofMember("finishedAt", "must not be before startedAt, which is " + startedAt));
    }
    refuse(violations);
    return this;
  }

  private static boolean differs(Change<Instant> wanted, @Nullable Instant current) {
    return wanted.given() && !Objects.equals(wanted.value(), current);
  }

  private static Violation notAllowed(String member, String reason) {
    return Violation.ofMember(member, "must be left out: " + reason);
  }

  private static Violation missing(String member, RunStatus status) {
    return Violation.ofMember(member, "is required when a run is created as " + status);
  }

  private static Violation inFuture(String member) {
    return Violation.ofMember(
        member,
        "must not be more than "
            + TOLERATED_FUTURE.toMinutes()
            + " minutes ahead of the server's clock");
  }

  private static Violation fixed(String member, @Nullable Instant current) {
    return Violation.ofMember(
        member,
        "is set by the change of status that it belongs to and by nothing else; it is "
            + (current == null ? "not set" : current));
  }

  private static void refuse(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new ValidationFailed(violations);
    }
  }
}
