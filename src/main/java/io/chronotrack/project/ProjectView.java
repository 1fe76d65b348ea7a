package io.chronotrack.project;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/** A project as clients see it; the members are those of {@link Project}, without its id. */
@JsonbPropertyOrder({"key", "name", "archived", "createdAt", "updatedAt"})
public record ProjectView(
    String key, String name, boolean archived, Instant createdAt, Instant updatedAt) {

  /** What clients see of a project. */
  public static ProjectView of(Project project) {
    return new ProjectView(
        project.key(),
        project.name(),
        project.archived(),
        project.createdAt(),
        project.updatedAt());
  }
}
