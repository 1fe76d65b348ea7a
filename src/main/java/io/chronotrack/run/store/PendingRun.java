package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run that a transaction has looked at: as it is stored, and as the transaction leaves it. */
final class PendingRun {

  private final @Nullable JobRun stored;
  private JobRun run;
  private final List<RunEvent> events = new ArrayList<>(1);

  private PendingRun(@Nullable JobRun stored, JobRun run) {
    this.stored = stored;
    this.run = run;
  }

  /** One that is stored. */
  static PendingRun read(JobRun stored) {
    return new PendingRun(stored, stored);
  }

  /** One that is new. */
  static PendingRun added(RecordedRun recorded) {
    var added = new PendingRun(null, recorded.run());
    added.events.addAll(recorded.events());
    return added;
  }

  /** It has changed, once more if it had before. */
  void become(RecordedRun changed) {
    run = changed.run();
    events.addAll(changed.events());
  }

  /** As it is stored; {@code null} if it is not. */
  @Nullable JobRun stored() {
    return stored;
  }

  /** The version that is stored; 0 if none is. */
  long storedVersion() {
    return stored == null ? 0 : stored.version();
  }

  /** As the transaction has it now. */
  JobRun run() {
    return run;
  }

  /** What the transaction has done to it; nothing, if it was only looked at. */
  List<RunEvent> events() {
    return events;
  }
}
