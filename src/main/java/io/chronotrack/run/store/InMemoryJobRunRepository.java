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
import io.chronotrack.storage.NewestFirstMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Runs and their events in the heap. */
public final class InMemoryJobRunRepository implements JobRunRepository {

  private final AtomicLong lastId = new AtomicLong();
  private final NewestFirstMap<History> histories =
      new NewestFirstMap<>(history -> JobRunRow.positionOf(history.run()));

  /** A run with its events in one value, so that they can only change together. */
  private record History(JobRun run, List<RunEvent> events) {

    History next(JobRun changed, RunEvent event) {
      if (run.version() != changed.version() - 1) {
        throw new StaleVersion(run.version());
      }
      var longer = new ArrayList<>(events);
      longer.add(event);
      return new History(changed, List.copyOf(longer));
    }

    boolean fits(Scope scope, RunFilter filter) {
      return scope.shows(run.projectId(), run.jobId())
          && (filter.jobId() == null || filter.jobId() == run.jobId())
          && (filter.statuses().isEmpty() || filter.statuses().contains(run.status()));
    }
  }

  @Override
  public long nextId() {
    return lastId.incrementAndGet();
  }

  @Override
  public void insert(JobRun run, RunEvent event) {
    histories.add(run.id(), new History(run, List.of(event)));
  }

  @Override
  public void update(JobRun run, RunEvent event) {
    histories.replace(run.id(), stored -> stored.next(run, event));
  }

  @Override
  public Optional<JobRun> find(Scope scope, long id) {
    return histories
        .get(id)
        .map(History::run)
        .filter(run -> scope.shows(run.projectId(), run.jobId()));
  }

  @Override
  public Optional<JobRun> findForUpdate(Scope scope, long id) {
    return find(scope, id);
  }

  @Override
  public Page<JobRun> list(Scope scope, RunFilter filter, PageRequest request) {
    Page<History> page = histories.page(history -> history.fits(scope, filter), request);
    return new Page<>(page.items().stream().map(History::run).toList(), page.next());
  }

  @Override
  public Page<RunEvent> events(long runId, PageRequest request) {
    Position after = request.after();
    List<RunEvent> found =
        histories.get(runId).map(History::events).orElse(List.of()).stream()
            .filter(event -> after == null || event.version() > after.minor())
            .limit(request.limit() + 1L)
            .toList();
    return Page.of(found, request.limit(), RunEventRow::positionOf);
  }
}
