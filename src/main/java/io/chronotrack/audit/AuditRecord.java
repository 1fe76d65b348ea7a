package io.chronotrack.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be remembered of an attempt, before it has a place in the chain.
 *
 * @param at when, in milliseconds
 * @param projectId the project that it concerns; 0 if it concerns none
 * @param actor who; see {@link io.chronotrack.access.Caller#actor}
 * @param action what, such as {@code job.create}
 * @param subject on what, such as {@code job/12}
 * @param outcome how it ended
 * @param address from where
 * @param before JSON of the thing before the change; {@code null} if there was none
 * @param after JSON of the thing after the change; {@code null} if there is none
 */
public record AuditRecord(
    Instant at,
    long projectId,
    String actor,
    String action,
    String subject,
    Outcome outcome,
    String address,
    @Nullable String before,
    @Nullable String after) {}
