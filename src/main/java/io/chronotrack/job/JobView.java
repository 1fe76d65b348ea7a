package io.chronotrack.job;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as clients see it; the members are those of {@link Job}. */
@JsonbPropertyOrder({"id", "name", "description", "type", "archived", "createdAt", "updatedAt"})
public record JobView(
    long id,
    String name,
    @Nullable String description,
    @Nullable String type,
    boolean archived,
    Instant createdAt,
    Instant updatedAt) {

  /** What clients see of a job. */
  public static JobView of(Job job) {
    return new JobView(
        job.id(),
        job.name(),
        job.description(),
        job.type(),
        job.archived(),
        job.createdAt(),
        job.updatedAt());
  }
}
