package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunFilter;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.NewestFirst;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.VersionedRow;
import io.chronotrack.storage.WriteSessions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs in the table {@code job_runs}, their events in {@code run_events}. */
public final class JpaJobRunRepository implements JobRunRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(JobRunRow.class, RunEventRow.class);

  private final WriteSessions writer;
  private final ReadSessions reader;
  private final IdCounter ids;

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaJobRunRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
    this.ids =
        new IdCounter(
            () ->
                writer
                    .current()
                    .createQuery("select coalesce(max(r.id), 0) from JobRunRow r", Long.class)
                    .getSingleResult());
  }

  @Override
  public long nextId() {
    return ids.next();
  }

  @Override
  public void insert(JobRun run, RunEvent event) {
    writer.current().persist(new JobRunRow(run));
    writer.current().persist(new RunEventRow(event));
  }

  @Override
  public void update(JobRun run, RunEvent event) {
    VersionedRow.toReplace(writer.current(), JobRunRow.class, run.id(), run.version()).set(run);
    writer.current().persist(new RunEventRow(event));
  }

  @Override
  public Optional<JobRun> find(Scope scope, long id) {
    return visible(reader.current().find(JobRunRow.class, id), scope);
  }

  @Override
  public Optional<JobRun> findForUpdate(Scope scope, long id) {
    return visible(VersionedRow.current(writer.current(), JobRunRow.class, id), scope);
  }

  @Override
  public Page<JobRun> list(Scope scope, RunFilter filter, PageRequest request) {
    var query = new NewestFirst<>(JobRunRow.class);
    query.where("r.projectId = :projectId", "projectId", scope.projectId());
    if (filter.jobId() != null) {
      query.where("r.jobId = :jobId", "jobId", filter.jobId());
    }
    if (scope.jobIds() != null) {
      query.where("r.jobId in (:jobIds)", "jobIds", scope.jobIds());
    }
    if (!filter.statuses().isEmpty()) {
      query.where("r.status in (:statuses)", "statuses", filter.statuses());
    }
    return query.page(reader.current(), request, JobRunRow::toRun, JobRunRow::positionOf);
  }

  @Override
  public Page<RunEvent> events(long runId, PageRequest request) {
    Position after = request.after();
    List<RunEvent> found =
        reader
            .current()
            .createQuery(
                "select r from RunEventRow r where r.runId = :runId and r.version > :after"
                    + " order by r.version",
                RunEventRow.class)
            .setParameter("runId", runId)
            .setParameter("after", after == null ? 0 : after.minor())
            .setMaxResults(request.limit() + 1)
            .getResultList()
            .stream()
            .map(RunEventRow::toEvent)
            .toList();
    return Page.of(found, request.limit(), RunEventRow::positionOf);
  }

  private static Optional<JobRun> visible(@Nullable JobRunRow row, Scope scope) {
    return Optional.ofNullable(row)
        .map(JobRunRow::toRun)
        .filter(run -> scope.shows(run.projectId(), run.jobId()));
  }
}
