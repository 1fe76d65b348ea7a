package io.chronotrack.project.store;

import io.chronotrack.page.Position;
import io.chronotrack.project.Project;
import io.chronotrack.storage.VersionedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of the table {@code projects}. Times are milliseconds since 1970 in UTC. */
@Entity
@Table(name = "projects")
@NullUnmarked // JPA fills the fields.
class ProjectRow extends VersionedRow {

  @Id private long id;

  @Column(updatable = false)
  private String key;

  private String name;
  private boolean archived;

  @Column(name = "created_at", updatable = false)
  private long createdAt;

  @Column(name = "updated_at")
  private long updatedAt;

  protected ProjectRow() {
    // For JPA.
  }

  ProjectRow(Project project) {
    super(project.version());
    id = project.id();
    key = project.key();
    createdAt = project.createdAt().toEpochMilli();
    set(project);
  }

  /** Takes over what can change; the version is counted by JPA. */
  final void set(Project project) {
    name = project.name();
    archived = project.archived();
    updatedAt = project.updatedAt().toEpochMilli();
  }

  Project toProject() {
    return new Project(
        id,
        key,
        name,
        archived,
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(updatedAt),
        version());
  }

  static Position positionOf(Project project) {
    return new Position(project.createdAt().toEpochMilli(), project.id());
  }
}
