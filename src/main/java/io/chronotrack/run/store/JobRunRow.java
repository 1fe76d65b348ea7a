package io.chronotrack.run.store;

import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.RunPace;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.RunTimes;
import io.chronotrack.stats.RunBrief;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

/**
 * A row of the table {@code job_runs}, as queries read it; {@link RunTable} writes it. Times are
 * milliseconds since 1970 in UTC.
 */
@Entity
@Immutable // Hence no copy of it is kept to find changes by.
@Table(name = "job_runs")
@NullUnmarked // JPA fills the fields.
class JobRunRow {

  @Id private long id;

  @Column(name = "project_id")
  private long projectId;

  @Column(name = "job_id")
  private long jobId;

  @Column(name = "external_id")
  private String externalId;

  @Enumerated(EnumType.STRING)
  private RunStatus status;

  @Column(name = "started_at")
  private Long startedAt;

  @Column(name = "finished_at")
  private Long finishedAt;

  @Column(name = "queue_ms")
  private Long queueMs;

  @Column(name = "duration_vs_median")
  private Double durationVsMedian;

  @Column(name = "slower_than_usual")
  private boolean slowerThanUsual;

  @Column(name = "error_message")
  private String errorMessage;

  private String metadata;

  private String traceparent;

  @Column(name = "created_at")
  private long createdAt;

  @Column(name = "updated_at")
  private long updatedAt;

  private long version;

  protected JobRunRow() {
    // For JPA.
  }

  JobRun toRun() {
    return new JobRun(
        id,
        projectId,
        jobId,
        externalId,
        status,
        new RunTimes(instant(startedAt), instant(finishedAt)),
        new RunPace(queueMs, durationVsMedian, slowerThanUsual, false),
        errorMessage,
        metadata == null ? null : new Metadata(metadata),
        traceparent,
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(updatedAt),
        version);
  }

  /** What the columns id, job, status, start and end tell. */
  static RunBrief toBrief(Object[] columns) {
    Instant startedAt = instant((Long) columns[3]);
    Instant finishedAt = instant((Long) columns[4]);
    return new RunBrief(
        (long) columns[0],
        (long) columns[1],
        ((RunStatus) columns[2]).name(),
        startedAt,
        finishedAt,
        startedAt == null || finishedAt == null
            ? null
            : Duration.between(startedAt, finishedAt).toMillis());
  }

  static Position positionOf(JobRun run) {
    return new Position(run.createdAt().toEpochMilli(), run.id());
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
