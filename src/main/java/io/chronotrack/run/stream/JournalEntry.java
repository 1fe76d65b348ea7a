package io.chronotrack.run.stream;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event in the order of commits.
 *
 * @param position its place in that order
 * @param event what happened
 * @param run the run after the event; later events may have changed it already
 * @param jobType the type of its job; {@code null} if it has none
 */
public record JournalEntry(
    EventPosition position, RunEvent event, JobRun run, @Nullable String jobType) {}
