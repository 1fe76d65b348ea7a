package io.chronotrack.run;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a run as clients see it; the members are those of {@link RunEvent}. */
@JsonbPropertyOrder({
  "runId",
  "version",
  "type",
  "fromStatus",
  "toStatus",
  "changed",
  "occurredAt",
  "recordedAt"
})
public record RunEventView(
    long runId,
    long version,
    RunEvent.Type type,
    @Nullable RunStatus fromStatus,
    RunStatus toStatus,
    List<String> changed,
    Instant occurredAt,
    Instant recordedAt) {

  /** What clients see of an event. */
  public static RunEventView of(RunEvent event) {
    return new RunEventView(
        event.runId(),
        event.version(),
        event.type(),
        event.fromStatus(),
        event.toStatus(),
        event.changed(),
        event.occurredAt(),
        event.recordedAt());
  }
}
