package io.chronotrack.job.store;

import io.chronotrack.job.Job;
import io.chronotrack.page.Position;
import io.chronotrack.storage.VersionedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of the table {@code jobs}. Times are milliseconds since 1970 in UTC. */
@Entity
@Table(name = "jobs")
@NullUnmarked // JPA fills the fields.
class JobRow extends VersionedRow {

  @Id private long id;

  @Column(name = "project_id", updatable = false)
  private long projectId;

  private String name;
  private String description;
  private String type;
  private boolean archived;

  @Column(name = "created_at", updatable = false)
  private long createdAt;

  @Column(name = "updated_at")
  private long updatedAt;

  protected JobRow() {
    // For JPA.
  }

  JobRow(Job job) {
    super(job.version());
    id = job.id();
    projectId = job.projectId();
    createdAt = job.createdAt().toEpochMilli();
    set(job);
  }

  /** Takes over what can change; the version is counted by JPA. */
  final void set(Job job) {
    name = job.name();
    description = job.description();
    type = job.type();
    archived = job.archived();
    updatedAt = job.updatedAt().toEpochMilli();
  }

  Job toJob() {
    return new Job(
        id,
        projectId,
        name,
        description,
        type,
        archived,
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(updatedAt),
        version());
  }

  static Position positionOf(Job job) {
    return new Position(job.createdAt().toEpochMilli(), job.id());
  }
}
