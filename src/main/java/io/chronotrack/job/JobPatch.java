package io.chronotrack.job;

import io.chronotrack.change.Change;

/** What a client changes of a job; the members are those of {@link Job}. */
public record JobPatch(
    Change<String> name,
    Change<String> description,
    Change<String> type,
    Change<Boolean> archived) {}
