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
import io.chronotrack.storage.VersionedRow;
import io.chronotrack.storage.WriteSessions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs in the table {@code job_runs}, their events in {@code run_events}. */
public final class JpaJobRunRepository implements JobRunRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(JobRunRow.class, RunEventRow.class);

  private final WriteSessions writer;
  private final ReadSessions reader;
  private final IdCounter ids;
  private final EventNumbers numbers;
  private final PendingExternalIds pending = new PendingExternalIds();

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaJobRunRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
    this.ids = writer.ids(JobRunRow.class);
    this.numbers = new EventNumbers(writer);
  }

  @Override
  public long nextId() {
    return ids.next();
  }

  @Override
  public void insertAll(Collection<RecordedRun> runs) {
    EntityManager session = writer.current();
    for (RecordedRun recorded : runs) {
      var row = new JobRunRow(recorded.run());
      session.persist(row);
      ExternalId externalId = ExternalId.of(recorded.run());
      if (externalId != null) {
        pending.add(session, externalId, row);
      }
      recorded.events().forEach(event -> session.persist(numbers.row(event)));
    }
  }

  @Override
  public void updateAll(Collection<RecordedRun> runs) {
    EntityManager session = writer.current();
    Map<Long, JobRunRow> stored = rowsOf(session, runs);
    for (RecordedRun changed : runs) {
      VersionedRow.verifyVersion(stored.get(changed.run().id()), changed.storedVersion());
    }
    if (runs.stream().anyMatch(changed -> changed.events().size() > 1)) {
      // What follows is not held up by what the transaction has not written yet.
      session.flush();
    }
    for (RecordedRun changed : runs) {
      Objects.requireNonNull(stored.get(changed.run().id())).replaceBy(changed, session);
      changed.events().forEach(event -> session.persist(numbers.row(event)));
    }
  }

  private static Map<Long, JobRunRow> rowsOf(EntityManager session, Collection<RecordedRun> runs) {
    List<Long> ids = runs.stream().map(changed -> changed.run().id()).toList();
    return VersionedRow.current(session, JobRunRow.class, ids).stream()
        .collect(Collectors.toMap(JobRunRow::id, row -> row));
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
  public List<JobRun> findForUpdate(Scope scope, Collection<Long> ids) {
    return visible(VersionedRow.current(writer.current(), JobRunRow.class, ids), scope);
  }

  @Override
  public List<JobRun> findByExternalIdForUpdate(Scope scope, Collection<ExternalId> ids) {
    EntityManager session = writer.current();
    List<JobRunRow> rows = new ArrayList<>();
    Map<Long, List<String>> unknown = new LinkedHashMap<>();
    for (ExternalId id : ids) {
      JobRunRow added = pending.find(session, id);
      if (added == null) {
        unknown.computeIfAbsent(id.jobId(), jobId -> new ArrayList<>()).add(id.value());
      } else {
        rows.add(added);
      }
    }
    unknown.forEach((jobId, values) -> rows.addAll(written(session, jobId, values)));
    return visible(VersionedRow.current(session, rows), scope);
  }

  /** Rows that have been written, so that the query need not write what has not. */
  private static List<JobRunRow> written(
      EntityManager session, long jobId, List<String> externalIds) {
    return session
        .createQuery(
            "select r from JobRunRow r where r.jobId = :jobId and r.externalId in (:externalIds)",
            JobRunRow.class)
        .setParameter("jobId", jobId)
        .setParameter("externalIds", externalIds)
        .setFlushMode(FlushModeType.COMMIT)
        .getResultList();
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

  private static List<JobRun> visible(List<JobRunRow> rows, Scope scope) {
    return rows.stream().flatMap(row -> visible(row, scope).stream()).toList();
  }

  private static Optional<JobRun> visible(@Nullable JobRunRow row, Scope scope) {
    return Optional.ofNullable(row)
        .map(JobRunRow::toRun)
        .filter(run -> scope.shows(run.projectId(), run.jobId()));
  }
}
