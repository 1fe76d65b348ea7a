package io.chronotrack.run.store;

import io.chronotrack.page.Position;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.stream.EventPosition;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

/**
 * A row of the table {@code run_events}, as queries read it; {@link RunTable} writes it. Times are
 * milliseconds since 1970 in UTC.
 */
@Entity
@Immutable // Hence no copy of it is kept to find changes by.
@Table(name = "run_events")
@IdClass(RunEventKey.class)
@NullUnmarked // JPA fills the fields.
class RunEventRow {

  @Id
  @Column(name = "run_id")
  private long runId;

  @Id private long version;

  @Enumerated(EnumType.STRING)
  private RunEvent.Type type;

  @Enumerated(EnumType.STRING)
  @Column(name = "from_status")
  private RunStatus fromStatus;

  @Enumerated(EnumType.STRING)
  @Column(name = "to_status")
  private RunStatus toStatus;

  /** Names of members, separated by commas; empty for none. */
  private String changed;

  @Column(name = "occurred_at")
  private long occurredAt;

  @Column(name = "recorded_at")
  private long recordedAt;

  /** Its place in the order of commits; {@code null} if it is older than that order. */
  private Long sequence;

  protected RunEventRow() {
    // For JPA.
  }

  long runId() {
    return runId;
  }

  /** For rows that have a place in the order of commits. */
  EventPosition position() {
    return new EventPosition(sequence, runId, version);
  }

  RunEvent toEvent() {
    return new RunEvent(
        runId,
        version,
        type,
        fromStatus,
        toStatus,
        changed.isEmpty() ? List.of() : List.of(changed.split(",")),
        Instant.ofEpochMilli(occurredAt),
        Instant.ofEpochMilli(recordedAt));
  }

  /** Names of members as the row has them. */
  static String joined(List<String> changed) {
    return String.join(",", changed);
  }

  static Position positionOf(RunEvent event) {
    return new Position(0, event.version());
  }
}
