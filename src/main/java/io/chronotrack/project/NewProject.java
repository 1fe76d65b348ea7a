package io.chronotrack.project;

/** What a client says of a project that it creates; the members are those of {@link Project}. */
public record NewProject(String key, String name) {}
