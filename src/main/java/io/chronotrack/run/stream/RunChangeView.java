package io.chronotrack.run.stream;

import io.chronotrack.run.RunEventView;
import io.chronotrack.run.RunView;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The data of an event in a stream.
 *
 * @param event what happened
 * @param run the run as it was when this was sent, which may be a later version
 */
@JsonbPropertyOrder({"event", "run"})
public record RunChangeView(RunEventView event, RunView run) {

  static RunChangeView of(JournalEntry entry) {
    return new RunChangeView(RunEventView.of(entry.event()), RunView.of(entry.run()));
  }
}
