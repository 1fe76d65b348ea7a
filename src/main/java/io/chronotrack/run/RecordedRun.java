package io.chronotrack.run;

import java.util.List;

/**
 * A run to be stored, with what has happened to it since it was last stored.
 *
 * @param run the run as it is now
 * @param events all changes since, oldest first; the last one has the run's version
 */
public record RecordedRun(JobRun run, List<RunEvent> events) {

  public RecordedRun {
    events = List.copyOf(events);
  }

  /** The version of the run as it is stored; 0 if it is not. */
  public long storedVersion() {
    return run.version() - events.size();
  }
}
