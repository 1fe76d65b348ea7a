package io.chronotrack.project;

import io.chronotrack.change.Change;

/** What a client changes of a project; the members are those of {@link Project}. */
public record ProjectPatch(Change<String> name, Change<Boolean> archived) {}
