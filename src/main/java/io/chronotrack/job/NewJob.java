package io.chronotrack.job;

import org.jspecify.annotations.Nullable;

/** What a client says of a job that it creates; the members are those of {@link Job}. */
public record NewJob(String name, @Nullable String description, @Nullable String type) {}
