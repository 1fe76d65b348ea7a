package io.chronotrack.run.store;

import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunPace;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.RunTimes;
import io.chronotrack.stats.RunBrief;
import io.chronotrack.storage.VersionedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.StaleObjectStateException;
import org.jspecify.annotations.NullUnmarked;

/** A row of the table {@code job_runs}. Times are milliseconds since 1970 in UTC. */
@Entity
@Table(name = "job_runs")
@NullUnmarked // JPA fills the fields.
class JobRunRow extends VersionedRow {

  @Id private long id;

  @Column(name = "project_id", updatable = false)
  private long projectId;

  @Column(name = "job_id", updatable = false)
  private long jobId;

  @Column(name = "external_id", updatable = false)
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

  @Column(updatable = false)
  private String traceparent;

  @Column(name = "created_at", updatable = false)
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
    externalId = run.externalId();
    traceparent = run.traceparent();
    createdAt = run.createdAt().toEpochMilli();
    set(run);
  }

  /** Takes over what can change; the version is counted by JPA. */
  final void set(JobRun run) {
    status = run.status();
    startedAt = millis(run.times().startedAt());
    finishedAt = millis(run.times().finishedAt());
    queueMs = run.pace().queueMs();
    durationVsMedian = run.pace().durationVsMedian();
    slowerThanUsual = run.pace().slowerThanUsual();
    errorMessage = run.errorMessage();
    metadata = run.metadata() == null ? null : run.metadata().json();
    updatedAt = run.updatedAt().toEpochMilli();
  }

  /**
   * Becomes another version, in one statement however many changes led to it. If it is more than
   * one, everything before must have been written.
   */
  final void replaceBy(RecordedRun changed, EntityManager writer) {
    if (changed.events().size() == 1) {
      markChanged();
      set(changed.run());
    } else {
      // JPA counts by one only.
      skipTo(changed, writer);
    }
  }

  private void skipTo(RecordedRun changed, EntityManager writer) {
    JobRun run = changed.run();
    int updated =
        writer
            .createQuery(
                "update JobRunRow r set r.status = :status, r.startedAt = :startedAt,"
                    + " r.finishedAt = :finishedAt, r.queueMs = :queueMs,"
                    + " r.durationVsMedian = :durationVsMedian,"
                    + " r.slowerThanUsual = :slowerThanUsual, r.errorMessage = :errorMessage,"
                    + " r.metadata = :metadata, r.updatedAt = :updatedAt, r.version = :version"
                    + " where r.id = :id and r.version = :stored")
            .setParameter("status", run.status())
            .setParameter("startedAt", millis(run.times().startedAt()))
            .setParameter("finishedAt", millis(run.times().finishedAt()))
            .setParameter("queueMs", run.pace().queueMs())
            .setParameter("durationVsMedian", run.pace().durationVsMedian())
            .setParameter("slowerThanUsual", run.pace().slowerThanUsual())
            .setParameter("errorMessage", run.errorMessage())
            .setParameter("metadata", run.metadata() == null ? null : run.metadata().json())
            .setParameter("updatedAt", run.updatedAt().toEpochMilli())
            .setParameter("version", run.version())
            .setParameter("id", id)
            .setParameter("stored", changed.storedVersion())
            .setFlushMode(FlushModeType.COMMIT)
            .executeUpdate();
    if (updated != 1) {
      // It had this version a moment ago, so another process has been faster; one with a single
      // change would be told by Hibernate in the same way.
      throw new StaleObjectStateException(JobRunRow.class.getName(), id);
    }
    // Whoever looks at the run again in this transaction must read what the statement wrote.
    writer.detach(this);
  }

  final long id() {
    return id;
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
        version());
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

  private static Long millis(Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
