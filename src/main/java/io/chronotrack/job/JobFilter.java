package io.chronotrack.job;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list shows: those that fit every part.
 *
 * @param name exactly this name; {@code null} takes every name
 * @param archived archived or not; {@code null} takes both
 * @param types one of these types; empty takes every type and none
 * @param text this text in the name or the description, whatever the case of the letters a to z;
 *     {@code null} takes all
 * @param lastRunStatuses a last run with one of these statuses; empty takes all
 * @param lastRunBefore a last run that was created before this time; {@code null} takes all
 */
public record JobFilter(
    @Nullable String name,
    @Nullable Boolean archived,
    Set<String> types,
    @Nullable String text,
    Set<LastRunStatus> lastRunStatuses,
    @Nullable Instant lastRunBefore) {

  /** All jobs. */
  public static final JobFilter ALL = new JobFilter(null, null, Set.of());

  /** Jobs whatever their texts and their runs are. */
  public JobFilter(@Nullable String name, @Nullable Boolean archived, Set<String> types) {
    this(name, archived, types, null, Set.of(), null);
  }

  /** Whether it has conditions that each job has to be looked at for. */
  public boolean looksAtEach() {
    return text != null || !lastRunStatuses.isEmpty() || lastRunBefore != null;
  }
}
