package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.ExternalId;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunAccess;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.stats.RunBrief;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.WriteSessions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Runs in the table {@code job_runs}, their events in {@code run_events}. */
public final class JpaJobRunRepository implements JobRunRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(JobRunRow.class, RunEventRow.class);

  private final WriteSessions writer;
  private final ReadSessions reader;
  private final IdCounter ids;
  private final RunTable table;

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaJobRunRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
    this.ids = writer.ids(JobRunRow.class);
    this.table =
        writer.isShared()
            ? new PostgresRunTable()
            : new SqliteRunTable(new IdCounter(this::highestEventNumber));
  }

  @Override
  public long nextId() {
    return ids.next();
  }

  private long highestEventNumber() {
    return writer
        .current()
        .createQuery(
            "select coalesce(max(e.sequence), 0) from RunEventRow e where e.sequence is not null",
            Long.class)
        .getSingleResult();
  }

  @Override
  public void insertAll(Collection<RecordedRun> runs) {
    pending().insert(runs);
  }

  @Override
  public void updateAll(Collection<RecordedRun> runs) {
    pending().replace(session(), runs);
  }

  @Override
  public Optional<JobRun> find(Scope scope, long id) {
    return Optional.ofNullable(reader.current().find(JobRunRow.class, id))
        .map(JobRunRow::toRun)
        .filter(run -> isVisible(run, scope));
  }

  @Override
  public Optional<JobRun> findForUpdate(Scope scope, long id) {
    return findForUpdate(scope, List.of(id)).stream().findFirst();
  }

  @Override
  public List<JobRun> findForUpdate(Scope scope, Collection<Long> ids) {
    return visible(pending().withIds(session(), ids), scope);
  }

  @Override
  public List<JobRun> findByExternalIdForUpdate(Scope scope, Collection<ExternalId> ids) {
    return visible(pending().withExternalIds(session(), ids), scope);
  }

  private PendingRuns pending() {
    return writer.lastWrite(PendingRuns.class, () -> new PendingRuns(table));
  }

  private Session session() {
    return writer.current().unwrap(Session.class);
  }

  @Override
  public Page<JobRun> list(Scope scope, RunQuery query, PageRequest request) {
    return history(scope, query).page(request);
  }

  @Override
  public BoundedCount count(Scope scope, RunQuery query) {
    return history(scope, query).count();
  }

  private RunHistory history(Scope scope, RunQuery query) {
    return new RunHistory(reader, scope.projectId(), RunAccess.of(scope, query));
  }

  @Override
  public List<RunBrief> newestOf(Scope scope, Collection<Long> jobIds, @Nullable RunStatus status) {
    // For each job one look at the end of an index; members that may be large are not read.
    String newest =
        "(select x.id from JobRunRow x where x.projectId = :projectId and x.jobId = j.id"
            + (status == null ? "" : " and x.status = :status")
            + " order by x.createdAt desc, x.id desc limit 1)";
    var query =
        reader
            .current()
            .createQuery(
                "select r.id, r.jobId, r.status, r.startedAt, r.finishedAt from JobRunRow r"
                    + " where r.id in (select "
                    + newest
                    + " from JobRow j where j.id in (:jobIds))",
                Object[].class)
            .setParameter("projectId", scope.projectId())
            .setParameter("jobIds", jobIds);
    if (status != null) {
      query.setParameter("status", status);
    }
    return query.getResultList().stream().map(JobRunRow::toBrief).toList();
  }

  @Override
  public Page<RunEvent> events(long runId, PageRequest request) {
    Position after = request.after();
    List<RunEvent> found =
        reader
            .current()
            .createQuery(
                "select r from RunEventRow r where r.runId = :runId and r.version "
                    + (request.isBackward() ? "<" : ">")
                    + " :after order by r.version "
                    + (request.isBackward() ? "desc" : "asc"),
                RunEventRow.class)
            .setParameter("runId", runId)
            .setParameter("after", after == null ? 0 : after.minor())
            .setMaxResults(request.limit() + 1)
            .getResultList()
            .stream()
            .map(RunEventRow::toEvent)
            .toList();
    return Page.of(found, request, RunEventRow::positionOf);
  }

  private static List<JobRun> visible(List<JobRun> runs, Scope scope) {
    return runs.stream().filter(run -> isVisible(run, scope)).toList();
  }

  private static boolean isVisible(JobRun run, Scope scope) {
    return scope.shows(run.projectId(), run.jobId());
  }
}
