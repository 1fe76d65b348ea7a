package io.chronotrack.run.stream;

import io.chronotrack.access.Scope;
import io.chronotrack.http.JsonbForm;
import io.chronotrack.http.ServerSentEvents;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.query.RunQuery;
import org.jspecify.annotations.Nullable;

/** An event that is to be told, in the form in which all who want it get it. For one thread. */
final class News {

  private final JournalEntry entry;
  private byte @Nullable [] message;

  News(JournalEntry entry) {
    this.entry = entry;
  }

  EventPosition position() {
    return entry.position();
  }

  /** Whether somebody wants it, and may see it. */
  boolean isFor(Scope scope, RunQuery query) {
    return scope.shows(entry.run().projectId(), entry.run().jobId())
        && query.takes(entry.run(), entry.jobType());
  }

  /** What clients are sent; made when the first one wants it. */
  byte[] message() {
    byte[] made = message;
    if (made == null) {
      made =
          ServerSentEvents.event(
              entry.event().type() == RunEvent.Type.CREATED ? "created" : "changed",
              position().text(),
              JsonbForm.toJson(RunChangeView.of(entry)));
      message = made;
    }
    return made;
  }
}
