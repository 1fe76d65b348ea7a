package io.chronotrack.run.store;

import io.chronotrack.run.RunEvent;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.WriteSessions;
import org.jspecify.annotations.Nullable;

/**
 * Numbers events in the order in which they are committed.
 *
 * <p>Where one writes at a time that is the order in which they are added, so they are counted
 * here. Where several do, the database gives each the number of its transaction, and a reader knows
 * which of them are settled (see {@link JpaRunJournal}).
 */
final class EventNumbers {

  private static final String HIGHEST =
      "select coalesce(max(e.sequence), 0) from RunEventRow e where e.sequence is not null";

  private final @Nullable IdCounter counter;

  EventNumbers(WriteSessions writer) {
    counter =
        writer.isShared()
            ? null
            : new IdCounter(
                () -> writer.current().createQuery(HIGHEST, Long.class).getSingleResult());
  }

  /** The row of an event that is being added. */
  RunEventRow row(RunEvent event) {
    return new RunEventRow(event, counter == null ? null : counter.next());
  }
}
