package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.NewestFirst;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.VersionedRow;
import io.chronotrack.storage.WriteSessions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs in the table {@code jobs}. */
public final class JpaJobRepository implements JobRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(JobRow.class);

  private final WriteSessions writer;
  private final ReadSessions reader;
  private final IdCounter ids;

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaJobRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
    this.ids = writer.ids(JobRow.class);
  }

  @Override
  public long nextId() {
    return ids.next();
  }

  @Override
  public void insert(Job job) {
    writer.current().persist(new JobRow(job));
  }

  @Override
  public void update(Job job) {
    VersionedRow.toReplace(writer.current(), JobRow.class, job.id(), job.version()).set(job);
  }

  @Override
  public Optional<Job> find(Scope scope, long id) {
    return visible(reader.current().find(JobRow.class, id), scope);
  }

  @Override
  public Optional<Job> findForUpdate(Scope scope, long id) {
    return visible(VersionedRow.current(writer.current(), JobRow.class, id), scope);
  }

  @Override
  public List<Job> findForUpdate(Scope scope, Collection<Long> ids) {
    return VersionedRow.current(writer.current(), JobRow.class, ids).stream()
        .flatMap(row -> visible(row, scope).stream())
        .toList();
  }

  @Override
  public Page<Job> list(Scope scope, JobFilter filter, PageRequest request) {
    var query = new NewestFirst<>(JobRow.class);
    query.where("r.projectId = :projectId", "projectId", scope.projectId());
    if (scope.jobIds() != null) {
      query.where("r.id in (:jobIds)", "jobIds", scope.jobIds());
    }
    if (filter.name() != null) {
      query.where("r.name = :name", "name", filter.name());
    }
    if (filter.archived() != null) {
      query.where("r.archived = :archived", "archived", filter.archived());
    }
    if (!filter.types().isEmpty()) {
      query.where("r.type in (:types)", "types", filter.types());
    }
    return query.page(reader.current(), request, JobRow::toJob, JobRow::positionOf);
  }

  private static Optional<Job> visible(@Nullable JobRow row, Scope scope) {
    return Optional.ofNullable(row)
        .map(JobRow::toJob)
        .filter(job -> scope.shows(job.projectId(), job.id()));
  }
}
