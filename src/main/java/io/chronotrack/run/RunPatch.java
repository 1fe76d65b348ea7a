package io.chronotrack.run;

import io.chronotrack.change.Change;
import java.time.Instant;

/** What a client changes of a run; the members are those of {@link JobRun}. */
public record RunPatch(
    Change<RunStatus> status,
    Change<Instant> startedAt,
    Change<Instant> finishedAt,
    Change<String> errorMessage,
    Change<Metadata> metadata) {}
