package io.chronotrack.run.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Admission;
import io.chronotrack.job.Job;
import io.chronotrack.job.NewJob;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.NewRun;
import io.chronotrack.run.RunFigures;
import io.chronotrack.run.RunPatch;
import io.chronotrack.run.RunService;
import io.chronotrack.run.RunSignal;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.query.RunCondition;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.run.query.RunSort;
import io.chronotrack.run.store.RunStore;
import io.chronotrack.run.stream.FollowingClient.Message;
import io.chronotrack.stats.store.InMemoryStatisticsRepository;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.StorageUnavailable;
import io.chronotrack.storage.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Following runs, on whatever store. */
@Timeout(120)
@NullUnmarked // JUnit fills the fields.
abstract class RunStreamContract {

  private static final Caller CALLER = SampleCallers.with(Role.ADMIN);
  private static final RunSearch ALL = new RunSearch(RunQuery.ALL, null);
  private static final Admission ALWAYS = () -> true;
  private static final int MOST = 3;

  private final TestClock clock = new TestClock(SampleRuns.CREATED.plusSeconds(3_600));
  private final AtomicLong nanoTime = new AtomicLong();
  private final RunSignal signal = new RunSignal();
  private CountedReads transactions;
  private RunService runs;
  private RunStreamService streams;

  /** The store under test. */
  abstract RunStore store();

  /** Transactions whose reads are counted, and can be made to fail. */
  private record CountedReads(Transactions own, AtomicInteger count, AtomicInteger failures)
      implements Transactions {

    @Override
    public <T> T write(Supplier<T> command) {
      return own.write(command);
    }

    @Override
    public <T> T read(Supplier<T> query) {
      count.incrementAndGet();
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new StorageUnavailable("The database is away.", null);
      }
      return own.read(query);
    }

    @Override
    public void onCommit(Runnable action) {
      own.onCommit(action);
    }
  }

  @BeforeEach
  void begin() {
    transactions =
        new CountedReads(store().transactions(), new AtomicInteger(), new AtomicInteger());
    var statistics = new InMemoryStatisticsRepository();
    runs =
        new RunService(
            store().repository(),
            store().jobs(),
            statistics,
            store().transactions(),
            clock,
            signal,
            AppConfig.from(key -> Optional.empty()));
    streams =
        new RunStreamService(
            store().journal(),
            new RunFigures(statistics),
            transactions,
            clock,
            signal,
            MOST,
            nanoTime::get);
  }

  @AfterEach
  void end() {
    streams.close();
    assertThat(isRead()).isFalse();
  }

  private static boolean isRead() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("chronotrack-run-feed"));
  }

  private Job newJob(Scope scope, @Nullable String type) {
    return store()
        .transactions()
        .write(
            () -> {
              var job =
                  Job.create(
                      store().jobs().nextId(),
                      scope.projectId(),
                      new NewJob("job", null, type),
                      SampleRuns.CREATED);
              store().jobs().insert(job);
              return job;
            });
  }

  private Job newJob() {
    return newJob(SampleCallers.DEFAULT, null);
  }

  private JobRun create(Job job) {
    return create(CALLER, job, SampleRuns.wanted(RunStatus.PENDING));
  }

  private JobRun create(Caller caller, Job job, NewRun wanted) {
    return runs.create(caller, job.id(), wanted).run();
  }

  private JobRun patch(JobRun run, RunPatch patch) {
    return runs.patch(CALLER, run.id(), patch, ExpectedVersion.ANY);
  }

  private FollowingClient follow() {
    return follow(CALLER, ALL, null);
  }

  private FollowingClient follow(Caller caller, RunSearch search, @Nullable String lastEventId) {
    return follow(caller, search, lastEventId, ALWAYS);
  }

  private FollowingClient follow(
      Caller caller, RunSearch search, @Nullable String lastEventId, Admission admission) {
    return new FollowingClient(
        streams.follow(caller, search, streams.start(lastEventId), admission));
  }

  private static RunSearch where(RunCondition condition) {
    return new RunSearch(new RunQuery(condition, RunSort.NEWEST_FIRST), null);
  }

  @Test
  void runsThatAreCreatedAndChangedAreToldFromTheBeginningOfTheStream() {
    Job job = newJob();
    JobRun before = create(job);
    FollowingClient client = follow();

    JobRun run = create(job);
    Message created = client.next(1).get(0);
    patch(run, SampleRuns.to(RunStatus.RUNNING));
    Message changed = client.next(1).get(0);
    patch(before, SampleRuns.message("of a run that was there"));
    Message other = client.next(1).get(0);

    assertThat(created.event()).isEqualTo("created");
    assertThat(created.run()).isEqualTo(run.id());
    assertThat(created.json().getJsonObject("event").getString("type")).isEqualTo("CREATED");
    assertThat(changed.event()).isEqualTo("changed");
    assertThat(changed.run()).isEqualTo(run.id());
    assertThat(changed.status()).isEqualTo("RUNNING");
    assertThat(changed.json().getJsonObject("event").getString("fromStatus")).isEqualTo("PENDING");
    assertThat(other.run()).isEqualTo(before.id());
    assertThat(List.of(created.id(), changed.id(), other.id())).doesNotHaveDuplicates();
  }

  @Test
  void whoFollowsManyWritersIsToldEachEventOnceAndThoseOfARunInTheirOrder() throws Exception {
    Job job = newJob();
    FollowingClient client = follow();
    FollowingClient another = follow();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Future<List<Message>> told = threads.submit(() -> client.next(300));
      SideBySide.run(threads, 5, i -> write(job, 20));

      assertThatEachIsToldOnce(told.get());
      assertThatEachIsToldOnce(another.next(300));
    } finally {
      threads.shutdownNow();
    }
  }

  private List<JobRun> write(Job job, int count) {
    List<JobRun> written = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JobRun run = patch(create(job), SampleRuns.to(RunStatus.RUNNING));
      written.add(patch(run, SampleRuns.message("still at it")));
    }
    return written;
  }

  private static void assertThatEachIsToldOnce(List<Message> told) {
    assertThat(told).extracting(Message::id).doesNotHaveDuplicates();
    Map<Long, List<Long>> versions = new HashMap<>();
    told.forEach(
        one -> versions.computeIfAbsent(one.run(), run -> new ArrayList<>()).add(one.version()));
    assertThat(versions.values())
        .hasSize(told.size() / 3)
        .allSatisfy(one -> assertThat(one).containsExactly(1L, 2L, 3L));
  }

  @Test
  void whoComesBackAmidWritesGoesOnWithoutAGapOrARepetition() throws Exception {
    Job job = newJob();
    FollowingClient client = follow();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<List<List<JobRun>>> written =
          threads.submit(() -> SideBySide.run(threads, 2, i -> write(job, 50)));
      List<Message> told = new ArrayList<>();
      while (told.size() < 300) {
        told.addAll(client.next(Math.min(23, 300 - told.size())));
        client.leave();
        client = follow(CALLER, ALL, client.lastEventId());
      }
      written.get();
      assertThatEachIsToldOnce(told);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoComesBackAfterMuchHasHappenedIsToldAllOfIt() {
    Job job = newJob();
    FollowingClient client = follow();
    client.leave();
    write(job, 120);

    FollowingClient back = follow(CALLER, ALL, client.lastEventId());

    assertThatEachIsToldOnce(back.next(360));
  }

  @Test
  void aClientIsToldOfTheRunsThatItAsksFor() {
    Job nightly = newJob(SampleCallers.DEFAULT, "etl");
    Job other = newJob();
    FollowingClient failed =
        follow(CALLER, where(new RunCondition.StatusIn(Set.of(RunStatus.FAILED))), null);
    FollowingClient ofType = follow(CALLER, where(new RunCondition.JobTypeIn(Set.of("etl"))), null);

    JobRun first = create(CALLER, other, SampleRuns.wanted(RunStatus.FAILED));
    JobRun second = create(nightly);
    JobRun third = create(CALLER, nightly, SampleRuns.wanted(RunStatus.FAILED));

    assertThat(failed.next(2)).extracting(Message::run).containsExactly(first.id(), third.id());
    assertThat(ofType.next(2)).extracting(Message::run).containsExactly(second.id(), third.id());
  }

  @Test
  void aClientIsToldOfTheRunsThatItMaySee() {
    Job job = newJob();
    Job another = newJob();
    Job elsewhere = newJob(store().otherProject(), null);
    FollowingClient narrowed = follow(SampleCallers.ofJobs(Role.VIEWER, another.id()), ALL, null);
    FollowingClient whole = follow();

    create(
        SampleCallers.inOtherProject(Role.ADMIN), elsewhere, SampleRuns.wanted(RunStatus.PENDING));
    JobRun first = create(job);
    JobRun second = create(another);

    assertThat(narrowed.next(1)).extracting(Message::run).containsExactly(second.id());
    assertThat(whole.next(2)).extracting(Message::run).containsExactly(first.id(), second.id());
  }

  @Test
  void aRunThatHasChangedMeanwhileIsToldAsItIs() {
    Job job = newJob();
    FollowingClient client = follow();
    client.leave();
    JobRun run = create(job);
    patch(run, SampleRuns.to(RunStatus.RUNNING));

    List<Message> told = follow(CALLER, ALL, client.lastEventId()).next(2);

    assertThat(told).extracting(Message::version).containsExactly(1L, 2L);
    assertThat(told).extracting(Message::status).containsOnly("RUNNING");
  }

  @Test
  void aClientThatTakesSlowlyMissesNothing() {
    Job job = newJob();
    FollowingClient slow = follow();
    List<Long> created = createLarge(job, 12);
    FollowingClient.until("the outbox is full", () -> !slow.hasRoom());

    assertThat(slow.next(12)).extracting(Message::run).isEqualTo(created);
    assertThat(slow.isEnded()).isFalse();
  }

  @Test
  void aClientThatTakesNothingHoldsUpNobodyAndIsGivenUp() {
    Job job = newJob();
    FollowingClient stalled = follow();
    FollowingClient client = follow();
    List<Long> created = createLarge(job, 12);

    assertThat(client.next(12)).extracting(Message::run).isEqualTo(created);
    assertThat(stalled.hasRoom()).isFalse();
    nanoTime.addAndGet(Follower.LONGEST_STALL.toNanos() + 1);
    FollowingClient.until("it is given up", stalled::isEnded);
    assertThat(client.isEnded()).isFalse();

    assertThat(follow(CALLER, ALL, stalled.lastEventId()).next(12))
        .extracting(Message::run)
        .isEqualTo(created);
  }

  /** So large that an outbox does not hold all of them. */
  private List<Long> createLarge(Job job, int count) {
    var metadata = new Metadata("{\"text\":\"" + "x".repeat(50_000) + "\"}");
    var wanted = new NewRun(null, RunStatus.PENDING, null, null, null, metadata, null);
    List<Long> created = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      created.add(create(CALLER, job, wanted).id());
    }
    return created;
  }

  @Test
  void whileNobodyFollowsNothingIsRead() {
    Job job = newJob();
    create(job);
    assertThat(transactions.count()).hasValue(0);
    FollowingClient client = follow();
    create(job);
    client.next(1);
    client.leave();
    FollowingClient.until("nobody reads", () -> !isRead());

    int reads = transactions.count().get();
    create(job);
    assertThat(transactions.count()).hasValue(reads);
  }

  @Test
  void whatIsCommittedElsewhereIsToldSoon() {
    Job job = newJob();
    FollowingClient client = follow();
    var elsewhere =
        new RunService(
            store().repository(),
            store().jobs(),
            new InMemoryStatisticsRepository(),
            store().transactions(),
            clock,
            new RunSignal(),
            AppConfig.from(key -> Optional.empty()));
    JobRun run = elsewhere.create(CALLER, job.id(), SampleRuns.wanted(RunStatus.PENDING)).run();
    assertThat(client.next(1)).extracting(Message::run).containsExactly(run.id());
  }

  @Test
  void thereAreNoMoreStreamsThanAllowed() {
    List<FollowingClient> clients = List.of(follow(), follow(), follow());
    assertThatExceptionOfType(TooManyStreams.class)
        .isThrownBy(this::follow)
        .satisfies(refused -> assertThat(refused.retryAfterSeconds()).isPresent());
    clients.get(1).leave();
    assertThat(follow().isEnded()).isFalse();
  }

  @Test
  void aClientHearsSomethingNowAndThenAndLearnsWhereToGoOn() {
    Job job = newJob();
    FollowingClient client =
        follow(CALLER, where(new RunCondition.StatusIn(Set.of(RunStatus.FAILED))), null);
    String start = client.lastEventId();
    create(job);
    // Not by the next one for certain: what PostgreSQL does in the background may hold back events.
    FollowingClient.until(
        "it learns of a later place",
        () -> {
          nanoTime.addAndGet(Follower.HEARTBEAT.toNanos());
          signal.raise();
          Message heartbeat = client.next();
          assertThat(heartbeat.event()).isEmpty();
          assertThat(heartbeat.data()).isEmpty();
          return EventPosition.parse(heartbeat.id())
                  .orElseThrow()
                  .compareTo(EventPosition.parse(start).orElseThrow())
              > 0;
        });
  }

  @Test
  void aClientWhoseKeyIsRevokedIsNotToldAnyMore() {
    var admitted = new AtomicInteger(1);
    FollowingClient client = follow(CALLER, ALL, null, () -> admitted.get() > 0);
    nanoTime.addAndGet(Follower.HEARTBEAT.toNanos());
    assertThat(client.next().event()).isEmpty();
    admitted.set(0);
    nanoTime.addAndGet(Follower.HEARTBEAT.toNanos());
    FollowingClient.until("it is ended", client::isEnded);
  }

  @Test
  void whileTheDatabaseIsAwayStreamsStayAndGoOnAfterwards() {
    Job job = newJob();
    FollowingClient client =
        follow(
            CALLER,
            ALL,
            null,
            () -> {
              throw new StorageUnavailable("The database is away.", null);
            });
    transactions.failures().set(3);
    JobRun run = create(job);
    nanoTime.addAndGet(Follower.HEARTBEAT.toNanos());

    assertThat(client.next(1)).extracting(Message::run).containsExactly(run.id());
    assertThat(transactions.failures()).hasValue(0);
  }

  @Test
  void nobodyGoesOnBehindWhatWasNeverTold() {
    newJob();
    for (String id : List.of("x", "-1", "1-2", "1-2-3-4", "1-0-1", "99999999999999999999", " 1")) {
      assertThatExceptionOfType(ValidationFailed.class)
          .as(id)
          .isThrownBy(() -> streams.start(id))
          .withMessageContaining("Last-Event-ID");
    }
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(() -> streams.start("999999999999999999-1-1"));
    assertThat(streams.start("")).isEqualTo(streams.start(null));
  }

  @Test
  void theEndOfTheServiceIsTheEndOfAllStreams() {
    FollowingClient client = follow();
    streams.close();
    assertThat(client.isEnded()).isTrue();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(this::follow);
  }

  @Test
  void aPeriodIsCountedFromTheMomentOfTheEvent() {
    Job job = newJob();
    FollowingClient client = follow(CALLER, new RunSearch(RunQuery.ALL, Duration.ofHours(1)), null);
    JobRun old = create(job);
    assertThat(client.next(1)).extracting(Message::run).containsExactly(old.id());
    clock.move(Duration.ofHours(2));
    JobRun recent = create(job);
    patch(old, SampleRuns.message("two hours later"));
    JobRun last = create(job);
    assertThat(client.next(2)).extracting(Message::run).containsExactly(recent.id(), last.id());
  }
}
