package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunFilter;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.NewestFirst;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** Runs in the table {@code job_runs}, their events in {@code run_events}. */
public final class JpaJobRunRepository implements JobRunRepository {

  private final EntityManager writer;
  private final EntityManager reader;
  private final IdCounter ids;

  /**
   * @param writer works on the connection that writes
   * @param reader works on connections that only read
   */
  public JpaJobRunRepository(EntityManager writer, EntityManager reader) {
    this.writer = writer;
    this.reader = reader;
    this.ids =
        new IdCounter(
            () ->
                writer
                    .createQuery("select coalesce(max(r.id), 0) from JobRunRow r", Long.class)
                    .getSingleResult());
  }

  @Override
  public long nextId() {
    return ids.next();
  }

  @Override
  public void insert(JobRun run, RunEvent event) {
    writer.persist(new JobRunRow(run));
    writer.persist(new RunEventRow(event));
  }

  @Override
  public void update(JobRun run, RunEvent event) {
    JobRunRow row = writer.find(JobRunRow.class, run.id());
    if (row == null || row.version() != run.version() - 1) {
      throw new StaleVersion(row == null ? 0 : row.version());
    }
    row.set(run);
    writer.persist(new RunEventRow(event));
  }

  @Override
  public Optional<JobRun> find(Scope scope, long id) {
    return find(reader, scope, id);
  }

  @Override
  public Optional<JobRun> findForUpdate(Scope scope, long id) {
    return find(writer, scope, id);
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
    return query.page(reader, request, JobRunRow::toRun, JobRunRow::positionOf);
  }

  @Override
  public Page<RunEvent> events(long runId, PageRequest request) {
    Position after = request.after();
    List<RunEvent> found =
        reader
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

  private static Optional<JobRun> find(EntityManager entities, Scope scope, long id) {
    return Optional.ofNullable(entities.find(JobRunRow.class, id))
        .map(JobRunRow::toRun)
        .filter(run -> scope.shows(run.projectId(), run.jobId()));
  }
}
