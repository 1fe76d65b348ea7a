package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.stream.EventPosition;
import io.chronotrack.run.stream.JournalEntry;
import io.chronotrack.run.stream.RunJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The events of an {@link InMemoryJobRunRepository} in the order in which they were added. */
final class InMemoryRunJournal implements RunJournal {

  /** A run as it is now, and the type of its job. */
  record Followed(JobRun run, @Nullable String jobType) {}

  private final Function<Long, Followed> runs;

  /** The number of an event is its place, counted from 1. */
  private final List<RunEvent> events = new ArrayList<>();

  /**
   * @param runs finds a run that has events
   */
  InMemoryRunJournal(Function<Long, Followed> runs) {
    this.runs = runs;
  }

  /** Adds events of runs that are there as they are after them. */
  synchronized void add(List<RunEvent> added) {
    events.addAll(added);
  }

  @Override
  public synchronized long settled() {
    return events.size();
  }

  @Override
  public List<JournalEntry> read(EventPosition after, long upTo, int most) {
    // No two events share a number, so the number alone says which are behind.
    int begin = Math.toIntExact(after.sequence());
    int end = Math.toIntExact(Math.min(upTo, begin + (long) most));
    List<RunEvent> found;
    synchronized (this) {
      found = begin < end ? List.copyOf(events.subList(begin, end)) : List.of();
    }
    List<JournalEntry> entries = new ArrayList<>();
    for (RunEvent event : found) {
      Followed followed = runs.apply(event.runId());
      entries.add(
          new JournalEntry(
              new EventPosition(begin + entries.size() + 1L, event.runId(), event.version()),
              event,
              followed.run(),
              followed.jobType()));
    }
    return entries;
  }
}
