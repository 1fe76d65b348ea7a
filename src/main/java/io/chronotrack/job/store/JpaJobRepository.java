package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobQuery;
import io.chronotrack.job.JobRepository;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.IdCounter;
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
  public Page<Job> list(Scope scope, JobQuery query, PageRequest request) {
    return new JobList(reader, scope, query).page(request);
  }

  @Override
  public BoundedCount count(Scope scope, JobQuery query) {
    return new JobList(reader, scope, query).count();
  }

  private static Optional<Job> visible(@Nullable JobRow row, Scope scope) {
    return Optional.ofNullable(row)
        .map(JobRow::toJob)
        .filter(job -> scope.shows(job.projectId(), job.id()));
  }
}
