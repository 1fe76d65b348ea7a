package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.filter.TextSearch;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobQuery;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.JobSort;
import io.chronotrack.job.LastRun;
import io.chronotrack.job.LastRunStatus;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.storage.NewestFirstMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Jobs in the heap. */
public final class InMemoryJobRepository implements JobRepository {

  private final AtomicLong lastId = new AtomicLong();
  private final NewestFirstMap<Job> jobs = new NewestFirstMap<>(JobRow::positionOf);

  private volatile LastRun.Finder lastRuns = jobId -> Optional.empty();

  /** Tells where runs are found; until then no job has one. */
  public void findRunsBy(LastRun.Finder finder) {
    lastRuns = finder;
  }

  @Override
  public long nextId() {
    return lastId.incrementAndGet();
  }

  @Override
  public void insert(Job job) {
    jobs.add(job.id(), job);
  }

  @Override
  public void update(Job job) {
    jobs.replace(
        job.id(),
        stored -> {
          if (stored.version() != job.version() - 1) {
            throw new StaleVersion(stored.version());
          }
          return job;
        });
  }

  @Override
  public Optional<Job> find(Scope scope, long id) {
    return jobs.get(id).filter(job -> scope.shows(job.projectId(), job.id()));
  }

  @Override
  public Optional<Job> findForUpdate(Scope scope, long id) {
    return find(scope, id);
  }

  @Override
  public List<Job> findForUpdate(Scope scope, Collection<Long> ids) {
    return ids.stream().flatMap(id -> find(scope, id).stream()).toList();
  }

  @Override
  public Page<Job> list(Scope scope, JobQuery query, PageRequest request) {
    Comparator<Position> ascending = order(query.sort().key());
    Comparator<Position> order =
        query.sort().isDescending() == request.isBackward() ? ascending : ascending.reversed();
    Position after = request.after();
    List<Job> found =
        jobs.all()
            .filter(job -> fits(scope, query.filter(), job))
            .filter(job -> after == null || order.compare(after, positionOf(job, query.sort())) < 0)
            .sorted(Comparator.comparing(job -> positionOf(job, query.sort()), order))
            .limit(request.limit() + 1L)
            .toList();
    return Page.of(found, request, job -> positionOf(job, query.sort()));
  }

  @Override
  public BoundedCount count(Scope scope, JobQuery query) {
    return BoundedCount.of(
        jobs.all()
            .filter(job -> fits(scope, query.filter(), job))
            .limit(BoundedCount.MOST + 1)
            .count(),
        true);
  }

  private static Comparator<Position> order(JobSort.Key key) {
    return key == JobSort.Key.NAME
        ? Comparator.comparing(InMemoryJobRepository::bytes, Arrays::compareUnsigned)
            .thenComparing(Position.ASCENDING)
        : Position.ASCENDING;
  }

  /** In UTF-8, whose order is that of code points; that of Java's characters is another one. */
  private static byte[] bytes(Position position) {
    return position.text().getBytes(StandardCharsets.UTF_8);
  }

  private Position positionOf(Job job, JobSort sort) {
    Position created = JobRow.positionOf(job);
    return switch (sort.key()) {
      case CREATED_AT -> created;
      case NAME -> new Position(created.major(), created.minor(), job.name());
      case LAST_RUN_AT ->
          new Position(
              lastRuns.of(job.id()).map(run -> run.createdAt().toEpochMilli()).orElse(-1L),
              job.id());
    };
  }

  private boolean fits(Scope scope, JobFilter filter, Job job) {
    return scope.shows(job.projectId(), job.id())
        && (filter.name() == null || filter.name().equals(job.name()))
        && (filter.archived() == null || filter.archived() == job.archived())
        && (filter.types().isEmpty()
            || filter.types().stream().anyMatch(type -> Objects.equals(type, job.type())))
        && (filter.text() == null
            || TextSearch.finds(filter.text(), job.name())
            || TextSearch.finds(filter.text(), job.description()))
        && (!asksForRuns(filter) || fits(filter, lastRuns.of(job.id())));
  }

  private static boolean asksForRuns(JobFilter filter) {
    return !filter.lastRunStatuses().isEmpty() || filter.lastRunBefore() != null;
  }

  private static boolean fits(JobFilter filter, Optional<LastRun> last) {
    Instant before = filter.lastRunBefore();
    return (filter.lastRunStatuses().isEmpty()
            || filter
                .lastRunStatuses()
                .contains(last.map(LastRun::status).orElse(LastRunStatus.NONE)))
        && (before == null || last.filter(run -> run.createdAt().isBefore(before)).isPresent());
  }
}
