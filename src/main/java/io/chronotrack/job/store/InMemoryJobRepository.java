package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.NewestFirstMap;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Jobs in the heap. */
public final class InMemoryJobRepository implements JobRepository {

  private final AtomicLong lastId = new AtomicLong();
  private final NewestFirstMap<Job> jobs = new NewestFirstMap<>(JobRow::positionOf);

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
  public Page<Job> list(Scope scope, JobFilter filter, PageRequest request) {
    return jobs.page(job -> scope.shows(job.projectId(), job.id()) && fits(job, filter), request);
  }

  private static boolean fits(Job job, JobFilter filter) {
    return (filter.name() == null || filter.name().equals(job.name()))
        && (filter.archived() == null || filter.archived() == job.archived())
        && (filter.types().isEmpty()
            || filter.types().stream().anyMatch(type -> Objects.equals(type, job.type())));
  }
}
