package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.ExternalId;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunFilter;
import io.chronotrack.run.RunStatus;
import io.chronotrack.stats.RunBrief;
import io.chronotrack.storage.NewestFirstMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs and their events in the heap. */
public final class InMemoryJobRunRepository implements JobRunRepository {

  private final AtomicLong lastId = new AtomicLong();
  private final Map<ExternalId, Long> byExternalId = new ConcurrentHashMap<>();
  private final NewestFirstMap<History> histories =
      new NewestFirstMap<>(history -> JobRunRow.positionOf(history.run()));

  /** A run with its events in one value, so that they can only change together. */
  private record History(JobRun run, List<RunEvent> events) {

    static History of(RecordedRun recorded) {
      return new History(recorded.run(), recorded.events());
    }

    History next(RecordedRun changed) {
      verifyIsBefore(changed);
      var longer = new ArrayList<>(events);
      longer.addAll(changed.events());
      return new History(changed.run(), List.copyOf(longer));
    }

    void verifyIsBefore(RecordedRun changed) {
      if (run.version() != changed.storedVersion()) {
        throw new StaleVersion(run.version());
      }
    }

    boolean fits(Scope scope, RunFilter filter) {
      return scope.shows(run.projectId(), run.jobId())
          && (filter.jobId() == null || filter.jobId() == run.jobId())
          && (filter.statuses().isEmpty() || filter.statuses().contains(run.status()))
          && (filter.externalId() == null || filter.externalId().equals(run.externalId()));
    }
  }

  @Override
  public long nextId() {
    return lastId.incrementAndGet();
  }

  @Override
  public void insertAll(Collection<RecordedRun> runs) {
    Map<ExternalId, Long> added = new HashMap<>();
    for (RecordedRun recorded : runs) {
      ExternalId externalId = ExternalId.of(recorded.run());
      if (externalId != null
          && (byExternalId.containsKey(externalId)
              || added.putIfAbsent(externalId, recorded.run().id()) != null)) {
        throw new IllegalStateException("the external id " + externalId + " is taken");
      }
    }
    byExternalId.putAll(added);
    runs.forEach(recorded -> histories.add(recorded.run().id(), History.of(recorded)));
  }

  @Override
  public void updateAll(Collection<RecordedRun> runs) {
    for (RecordedRun changed : runs) {
      histories
          .get(changed.run().id())
          .orElseThrow(() -> new StaleVersion(0))
          .verifyIsBefore(changed);
    }
    runs.forEach(changed -> histories.replace(changed.run().id(), stored -> stored.next(changed)));
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
  public List<JobRun> findForUpdate(Scope scope, Collection<Long> ids) {
    return ids.stream().flatMap(id -> find(scope, id).stream()).toList();
  }

  @Override
  public List<JobRun> findByExternalIdForUpdate(Scope scope, Collection<ExternalId> ids) {
    return ids.stream()
        .flatMap(id -> Optional.ofNullable(byExternalId.get(id)).stream())
        .flatMap(id -> find(scope, id).stream())
        .toList();
  }

  @Override
  public Page<JobRun> list(Scope scope, RunFilter filter, PageRequest request) {
    Page<History> page = histories.page(history -> history.fits(scope, filter), request);
    return new Page<>(page.items().stream().map(History::run).toList(), page.next());
  }

  @Override
  public List<RunBrief> newestOf(Scope scope, Collection<Long> jobIds, @Nullable RunStatus status) {
    Set<RunStatus> statuses = status == null ? Set.of() : Set.of(status);
    return jobIds.stream()
        .map(jobId -> list(scope, new RunFilter(jobId, statuses), PageRequest.first(1)))
        .flatMap(page -> page.items().stream())
        .map(JobRun::brief)
        .toList();
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
