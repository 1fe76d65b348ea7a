package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.LastRun;
import io.chronotrack.job.LastRunStatus;
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
import io.chronotrack.run.query.RunSort;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.stats.RunBrief;
import io.chronotrack.storage.NewestFirstMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs and their events in the heap. */
public final class InMemoryJobRunRepository implements JobRunRepository {

  private final JobRepository jobs;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<ExternalId, Long> byExternalId = new ConcurrentHashMap<>();
  private final NewestFirstMap<History> histories =
      new NewestFirstMap<>(history -> JobRunRow.positionOf(history.run()));
  private final InMemoryRunJournal journal = new InMemoryRunJournal(this::followed);

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
  }

  /**
   * @param jobs what the runs belong to
   */
  public InMemoryJobRunRepository(JobRepository jobs) {
    this.jobs = jobs;
  }

  /** The events of these runs in the order in which they were added. */
  public RunJournal journal() {
    return journal;
  }

  private InMemoryRunJournal.Followed followed(long id) {
    JobRun run = histories.get(id).orElseThrow().run();
    return new InMemoryRunJournal.Followed(run, typeOf(run));
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
    for (RecordedRun recorded : runs) {
      histories.add(recorded.run().id(), History.of(recorded));
      journal.add(recorded.events());
    }
  }

  @Override
  public void updateAll(Collection<RecordedRun> runs) {
    for (RecordedRun changed : runs) {
      histories
          .get(changed.run().id())
          .orElseThrow(() -> new StaleVersion(0))
          .verifyIsBefore(changed);
    }
    for (RecordedRun changed : runs) {
      histories.replace(changed.run().id(), stored -> stored.next(changed));
      journal.add(changed.events());
    }
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

  /** The run of a job that was created last. */
  public Optional<LastRun> lastOf(long jobId) {
    return histories
        .all()
        .map(History::run)
        .filter(run -> run.jobId() == jobId)
        .max(Comparator.comparing(JobRunRow::positionOf, Position.ASCENDING))
        .map(run -> new LastRun(LastRunStatus.valueOf(run.status().name()), run.createdAt()));
  }

  @Override
  public Page<JobRun> list(Scope scope, RunQuery query, PageRequest request) {
    verifyOffered(scope, query);
    RunSort sort = query.sort();
    if (sort.equals(RunSort.NEWEST_FIRST)) {
      return histories.page(history -> takes(scope, query, history), request).map(History::run);
    }
    Comparator<Position> order =
        request.isBackward() ? sort.comparator().reversed() : sort.comparator();
    Position after = request.after();
    List<JobRun> found =
        runs(scope, query)
            .filter(run -> after == null || order.compare(after, sort.positionOf(run)) < 0)
            .sorted(Comparator.comparing(sort::positionOf, order))
            .limit(request.limit() + 1L)
            .toList();
    return Page.of(found, request, sort::positionOf);
  }

  @Override
  public BoundedCount count(Scope scope, RunQuery query) {
    verifyOffered(scope, query);
    return BoundedCount.of(runs(scope, query).limit(BoundedCount.MOST + 1).count(), true);
  }

  /** What is too much for a database is refused here as well, so that clients need not care. */
  private static void verifyOffered(Scope scope, RunQuery query) {
    RunAccess.of(scope, query);
  }

  private Stream<JobRun> runs(Scope scope, RunQuery query) {
    return histories.all().filter(history -> takes(scope, query, history)).map(History::run);
  }

  private boolean takes(Scope scope, RunQuery query, History history) {
    JobRun run = history.run();
    return scope.shows(run.projectId(), run.jobId()) && query.takes(run, typeOf(run));
  }

  private @Nullable String typeOf(JobRun run) {
    return jobs.find(Scope.of(run.projectId()), run.jobId()).map(Job::type).orElse(null);
  }

  @Override
  public List<RunBrief> newestOf(Scope scope, Collection<Long> jobIds, @Nullable RunStatus status) {
    Set<RunStatus> statuses = status == null ? Set.of() : Set.of(status);
    return jobIds.stream()
        .map(jobId -> list(scope, RunQuery.of(jobId, statuses), PageRequest.first(1)))
        .flatMap(page -> page.items().stream())
        .map(JobRun::brief)
        .toList();
  }

  @Override
  public Page<RunEvent> events(long runId, PageRequest request) {
    Position after = request.after();
    List<RunEvent> events =
        new ArrayList<>(histories.get(runId).map(History::events).orElse(List.of()));
    if (request.isBackward()) {
      Collections.reverse(events);
    }
    List<RunEvent> found =
        events.stream()
            .filter(event -> after == null || isBehind(event, after, request.isBackward()))
            .limit(request.limit() + 1L)
            .toList();
    return Page.of(found, request, RunEventRow::positionOf);
  }

  private static boolean isBehind(RunEvent event, Position place, boolean isBackward) {
    return isBackward ? event.version() < place.minor() : event.version() > place.minor();
  }
}
