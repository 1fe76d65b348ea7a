package io.chronotrack.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a list shows: those that fit every part; {@code null} fits everything.
 *
 * @param projectId entries of this project; {@link #INSTALLATION} is those that concern none
 * @param actor exactly this actor
 * @param action exactly this action
 * @param subject exactly this subject
 * @param outcome this outcome
 * @param from not before this time
 * @param to before this time
 */
public record AuditFilter(
    long projectId,
    @Nullable String actor,
    @Nullable String action,
    @Nullable String subject,
    @Nullable Outcome outcome,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** In place of a project: the entries that concern none. */
  public static final long INSTALLATION = 0;
}
