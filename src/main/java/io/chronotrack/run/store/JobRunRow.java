package io.chronotrack.run.store;

import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.RunTimes;
import io.chronotrack.storage.VersionedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of the table {@code job_runs}. Times are milliseconds since 1970 in UTC. */
@Entity
@Table(name = "job_runs")
@NullUnmarked // JPA fills the fields.
class JobRunRow extends VersionedRow {

  @Id private long id;

  @Column(name = "project_id")
  private long projectId;

  @Column(name = "job_id")
  private long jobId;

  @Enumerated(EnumType.STRING)
  private RunStatus status;

  @Column(name = "started_at")
  private Long startedAt;

  @Column(name = "finished_at")
  private Long finishedAt;

  @Column(name = "error_message")
  private String errorMessage;

  private String metadata;
  private String traceparent;

  @Column(name = "created_at")
  private long createdAt;

  @Column(name = "updated_at")
  private long updatedAt;

  protected JobRunRow() {
    // For JPA.
  }

  JobRunRow(JobRun run) {
    super(run.version());
    id = run.id();
    projectId = run.projectId();
    jobId = run.jobId();
    traceparent = run.traceparent();
    createdAt = run.createdAt().toEpochMilli();
    set(run);
  }

  /** Takes over what can change; the version is counted by JPA. */
  final void set(JobRun run) {
    status = run.status();
    startedAt = millis(run.times().startedAt());
    finishedAt = millis(run.times().finishedAt());
    errorMessage = run.errorMessage();
    metadata = run.metadata() == null ? null : run.metadata().json();
    updatedAt = run.updatedAt().toEpochMilli();
  }

  JobRun toRun() {
    return new JobRun(
        id,
        projectId,
        jobId,
        status,
        new RunTimes(instant(startedAt), instant(finishedAt)),
        errorMessage,
        metadata == null ? null : new Metadata(metadata),
        traceparent,
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(updatedAt),
        version());
  }

  static Position positionOf(JobRun run) {
    return new Position(run.createdAt().toEpochMilli(), run.id());
  }

  private static Long millis(Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
