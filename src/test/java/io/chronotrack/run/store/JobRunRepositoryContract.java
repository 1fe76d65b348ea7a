package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobQuery;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.JobSort;
import io.chronotrack.job.LastRunStatus;
import io.chronotrack.job.NewJob;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.run.ExternalId;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.NewRun;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunPace;
import io.chronotrack.run.RunPatch;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.query.RunCondition;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSort;
import io.chronotrack.stats.RunBrief;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link JobRunRepository} promises.
 *
 * <p>The repository need not be empty: each test looks only at runs of jobs of its own.
 */
@Timeout(120)
public abstract class JobRunRepositoryContract {

  private static final Scope SCOPE = SampleCallers.DEFAULT;
  private static final Instant NOW = SampleRuns.CREATED;
  private static final PageRequest ALL = PageRequest.first(500);

  /** The store under test. */
  protected abstract RunStore store();

  private JobRunRepository repository() {
    return store().repository();
  }

  private JobRepository jobs() {
    return store().jobs();
  }

  private Transactions transactions() {
    return store().transactions();
  }

  private Scope otherProject() {
    return store().otherProject();
  }

  /** Runs what a test does side by side, each in a thread of its own. */
  protected Executor threads() {
    return task -> new Thread(task, "contract").start();
  }

  private Job newJob() {
    return newJob(SCOPE);
  }

  private Job newJob(String type) {
    return newJob(SCOPE, type);
  }

  private Job newJob(Scope scope) {
    return newJob(scope, null);
  }

  private Job newJob(Scope scope, @Nullable String type) {
    return transactions()
        .write(
            () -> {
              Job job =
                  Job.create(
                      jobs().nextId(), scope.projectId(), new NewJob("job", null, type), NOW);
              jobs().insert(job);
              return job;
            });
  }

  private JobRun insert(Job job, NewRun wanted, Instant createdAt) {
    return transactions()
        .write(
            () -> {
              JobRun run = JobRun.create(repository().nextId(), job, wanted, createdAt);
              repository().insert(run, RunEvent.created(run));
              return run;
            });
  }

  private JobRun insert(Job job, RunStatus status) {
    return insert(job, SampleRuns.wanted(status), NOW);
  }

  private JobRun update(JobRun before, JobRun after) {
    return transactions()
        .write(
            () -> {
              repository().update(after, RunEvent.between(before, after));
              return after;
            });
  }

  private JobRun update(JobRun run, RunPatch patch) {
    return update(run, run.apply(patch, NOW.plusSeconds(90)));
  }

  private Optional<JobRun> find(long id) {
    return find(SCOPE, id);
  }

  private Optional<JobRun> find(Scope scope, long id) {
    return transactions().read(() -> repository().find(scope, id));
  }

  private Optional<JobRun> findForUpdate(Scope scope, long id) {
    return transactions().write(() -> repository().findForUpdate(scope, id));
  }

  private List<RunEvent> events(long runId) {
    return transactions().read(() -> repository().events(runId, ALL)).items();
  }

  private Page<JobRun> list(RunQuery filter, PageRequest request) {
    return list(SCOPE, filter, request);
  }

  private Page<JobRun> list(Scope scope, RunQuery filter, PageRequest request) {
    return transactions().read(() -> repository().list(scope, filter, request));
  }

  private List<JobRun> all(RunQuery filter) {
    return all(SCOPE, filter);
  }

  private List<JobRun> all(Scope scope, RunQuery filter) {
    List<JobRun> all = new ArrayList<>();
    Position after = null;
    do {
      Page<JobRun> page = list(scope, filter, new PageRequest(3, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all;
  }

  private static RunQuery of(Job job, RunStatus... statuses) {
    return RunQuery.of(job.id(), Set.of(statuses));
  }

  private static RunQuery ofExternalId(Job job, String externalId, Set<RunStatus> statuses) {
    return new RunQuery(
        RunCondition.all(
            List.of(
                RunQuery.of(job.id(), statuses).condition(),
                new RunCondition.ExternalIdIs(externalId))),
        RunSort.NEWEST_FIRST);
  }

  private long unknownId() {
    return transactions().write(() -> repository().nextId());
  }

  @Test
  void anInsertedRunIsFoundAsItWas() {
    for (RunStatus status : RunStatus.values()) {
      JobRun run = insert(newJob(), status);
      assertThat(find(run.id())).contains(run);
      assertThat(events(run.id())).containsExactly(RunEvent.created(run));
    }
  }

  @Test
  void everyMemberIsKept() {
    var wanted =
        new NewRun(
            "night 1/ä😀",
            RunStatus.FAILED,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("2026-01-31T09:29:59.999Z"),
            "line 1\nline 2\t😀",
            new Metadata("{\"ä\":[1,2.50,null,{\"b\":\"\\u0000\"}]}"),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    JobRun run = insert(newJob(), wanted, NOW);
    assertThat(find(run.id())).contains(run);
  }

  @Test
  void theRunningTransactionSeesWhatItInserted() {
    Job job = newJob();
    transactions()
        .write(
            () -> {
              JobRun run =
                  JobRun.create(
                      repository().nextId(), job, SampleRuns.wanted(RunStatus.PENDING), NOW);
              repository().insert(run, RunEvent.created(run));
              assertThat(repository().findForUpdate(SCOPE, run.id())).contains(run);
              return run;
            });
  }

  @Test
  void anUnknownIdIsEmptyAndHasNoEvents() {
    long unknown = unknownId();
    assertThat(find(unknown)).isEmpty();
    assertThat(find(Long.MAX_VALUE)).isEmpty();
    assertThat(events(unknown)).isEmpty();
    assertThat(findForUpdate(SCOPE, unknown)).isEmpty();
  }

  @Test
  void idsGrow() {
    long first = unknownId();
    JobRun run = insert(newJob(), RunStatus.PENDING);
    assertThat(run.id()).isGreaterThan(first);
    assertThat(unknownId()).isGreaterThan(run.id());
  }

  @Test
  void anUpdateReplacesTheRunAndAddsItsEvent() {
    JobRun pending = insert(newJob(), RunStatus.PENDING);
    JobRun running = update(pending, SampleRuns.to(RunStatus.RUNNING));
    JobRun told = update(running, SampleRuns.metadata("{\"a\":1}"));
    JobRun failed = update(told, SampleRuns.to(RunStatus.FAILED));
    JobRun amended = update(failed, SampleRuns.message("why"));
    assertThat(find(pending.id())).contains(amended);
    assertThat(amended.version()).isEqualTo(5);
    assertThat(events(pending.id()))
        .containsExactly(
            RunEvent.created(pending),
            RunEvent.between(pending, running),
            RunEvent.between(running, told),
            RunEvent.between(told, failed),
            RunEvent.between(failed, amended));
  }

  @Test
  void oneTransactionMayChangeARunTwice() {
    JobRun pending = insert(newJob(), RunStatus.PENDING);
    JobRun running = pending.apply(SampleRuns.to(RunStatus.RUNNING), NOW.plusSeconds(90));
    transactions()
        .write(
            () -> {
              repository().update(running, RunEvent.between(pending, running));
              return running;
            });
    JobRun done = update(running, SampleRuns.to(RunStatus.SUCCESS));
    assertThat(find(pending.id())).contains(done);
  }

  @Test
  void aStaleSaveChangesNeitherRunNorEvents() {
    JobRun running = insert(newJob(), RunStatus.RUNNING);
    JobRun done = update(running, SampleRuns.to(RunStatus.SUCCESS));
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> update(running, SampleRuns.to(RunStatus.FAILED)))
        .withMessageContaining("version is now 2");
    assertThat(find(running.id())).contains(done);
    assertThat(events(running.id())).hasSize(2);
  }

  @Test
  void aSaveThatSkipsAVersionChangesNothing() {
    JobRun running = insert(newJob(), RunStatus.RUNNING);
    JobRun second = running.apply(SampleRuns.message("a"), NOW);
    JobRun third = second.apply(SampleRuns.message("b"), NOW);
    assertThatExceptionOfType(StaleVersion.class).isThrownBy(() -> update(second, third));
    assertThat(find(running.id())).contains(running);
    assertThat(events(running.id())).hasSize(1);
  }

  @Test
  void aSaveOfAnUnknownRunIsStaleAndAddsNothing() {
    JobRun unknown =
        JobRun.create(unknownId(), newJob(), SampleRuns.wanted(RunStatus.RUNNING), NOW);
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> update(unknown, SampleRuns.to(RunStatus.SUCCESS)));
    assertThat(find(unknown.id())).isEmpty();
    assertThat(events(unknown.id())).isEmpty();
  }

  @Test
  void theListIsNewestFirstAndThenByHighestId() {
    Job job = newJob();
    NewRun pending = SampleRuns.wanted(RunStatus.PENDING);
    JobRun old = insert(job, pending, NOW.minusSeconds(1));
    JobRun first = insert(job, pending, NOW);
    JobRun second = insert(job, pending, NOW);
    JobRun older = insert(job, pending, NOW.minusSeconds(2));
    assertThat(all(of(job))).containsExactly(second, first, old, older);
  }

  @Test
  void eachFilterTakesWhatFits() {
    Job one = newJob();
    Job other = newJob();
    JobRun failed = insert(one, RunStatus.FAILED);
    JobRun pending = insert(one, RunStatus.PENDING);
    JobRun cancelled = insert(one, RunStatus.CANCELLED);
    JobRun ofOther = insert(other, RunStatus.FAILED);
    assertThat(all(of(one))).containsExactly(cancelled, pending, failed);
    assertThat(all(of(one, RunStatus.FAILED))).containsExactly(failed);
    assertThat(all(of(one, RunStatus.FAILED, RunStatus.CANCELLED)))
        .containsExactly(cancelled, failed);
    assertThat(all(of(one, RunStatus.SUCCESS))).isEmpty();
    assertThat(all(of(one, RunStatus.values()))).containsExactly(cancelled, pending, failed);
    assertThat(all(RunQuery.of(Long.MAX_VALUE, Set.of()))).isEmpty();
    assertThat(all(RunQuery.of(null, Set.of(RunStatus.FAILED))))
        .containsSubsequence(ofOther, failed)
        .allMatch(run -> run.status() == RunStatus.FAILED);
    assertThat(all(RunQuery.of(null, Set.of())))
        .containsSubsequence(ofOther, cancelled, pending, failed);
  }

  @Test
  void aRunThatChangesMovesFromOneFilterToTheOther() {
    Job job = newJob();
    JobRun running = insert(job, RunStatus.RUNNING);
    JobRun done = update(running, SampleRuns.to(RunStatus.SUCCESS));
    assertThat(all(of(job, RunStatus.RUNNING))).isEmpty();
    assertThat(all(of(job, RunStatus.SUCCESS))).containsExactly(done);
  }

  @Test
  void pagingGoesThroughAllWithoutGapOrDoubleWhileRunsAreAdded() {
    Job job = newJob();
    NewRun pending = SampleRuns.wanted(RunStatus.PENDING);
    List<JobRun> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // Several of the same millisecond, so that pages end between them.
      before.add(0, insert(job, pending, NOW.plusMillis(i / 6)));
    }
    List<JobRun> seen = new ArrayList<>();
    Position after = null;
    do {
      Page<JobRun> page = list(of(job), new PageRequest(3, after));
      seen.addAll(page.items());
      after = page.next();
      insert(job, pending, NOW.plusSeconds(1));
    } while (after != null);
    assertThat(seen).containsExactlyElementsOf(before);
  }

  @Test
  void eventsArePagedOldestFirstWhileTheyAreAdded() {
    JobRun run = insert(newJob(), RunStatus.RUNNING);
    for (int i = 0; i < 5; i++) {
      run = update(run, SampleRuns.message("message " + i));
    }
    List<Long> versions = new ArrayList<>();
    Position after = null;
    do {
      var request = new PageRequest(2, after);
      long id = run.id();
      Page<RunEvent> page = transactions().read(() -> repository().events(id, request));
      page.items().forEach(event -> versions.add(event.version()));
      after = page.next();
      if (versions.size() == 2) {
        run = update(run, SampleRuns.message("one more"));
      }
    } while (after != null);
    assertThat(versions).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aRunOfAnotherProjectIsFoundByNoId() {
    Scope other = otherProject();
    JobRun ofOther = insert(newJob(other), RunStatus.RUNNING);
    assertThat(ofOther.projectId()).isEqualTo(other.projectId());
    assertThat(find(other, ofOther.id())).contains(ofOther);
    assertThat(findForUpdate(other, ofOther.id())).contains(ofOther);
    assertThat(find(ofOther.id())).isEmpty();
    assertThat(findForUpdate(SCOPE, ofOther.id())).isEmpty();
    JobRun own = insert(newJob(), RunStatus.RUNNING);
    assertThat(find(other, own.id())).isEmpty();
    assertThat(findForUpdate(other, own.id())).isEmpty();
  }

  @Test
  void eachProjectHasListsOfItsOwn() {
    Scope other = otherProject();
    Job ownJob = newJob();
    Job jobOfOther = newJob(other);
    List<JobRun> own = new ArrayList<>();
    List<JobRun> ofOther = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Taking turns, so that each page would have some of both.
      own.add(0, insert(ownJob, RunStatus.FAILED));
      ofOther.add(0, insert(jobOfOther, RunStatus.FAILED));
    }
    for (RunQuery filter :
        List.of(RunQuery.of(null, Set.of()), RunQuery.of(null, Set.of(RunStatus.FAILED)))) {
      assertThat(all(filter)).containsSubsequence(own).doesNotContainAnyElementsOf(ofOther);
      assertThat(all(other, filter)).containsSubsequence(ofOther).doesNotContainAnyElementsOf(own);
    }
    assertThat(all(of(ownJob))).containsExactlyElementsOf(own);
    assertThat(all(other, of(jobOfOther, RunStatus.FAILED))).containsExactlyElementsOf(ofOther);
  }

  @Test
  void theRunsOfAJobOfAnotherProjectAreNotListed() {
    Job jobOfOther = newJob(otherProject());
    insert(jobOfOther, RunStatus.PENDING);
    assertThat(all(of(jobOfOther))).isEmpty();
    assertThat(all(of(jobOfOther, RunStatus.PENDING))).isEmpty();
  }

  @Test
  void anUpdateLeavesARunInItsProject() {
    Scope other = otherProject();
    JobRun done =
        update(insert(newJob(other), RunStatus.RUNNING), SampleRuns.to(RunStatus.SUCCESS));
    assertThat(find(other, done.id())).contains(done);
    assertThat(find(done.id())).isEmpty();
  }

  @Test
  void aScopeWithCertainJobsShowsOnlyTheirRuns() {
    Job one = newJob();
    Job two = newJob();
    Job hiddenJob = newJob();
    Job jobOfOther = newJob(otherProject());
    JobRun ofOne = insert(one, RunStatus.FAILED);
    JobRun hidden = insert(hiddenJob, RunStatus.FAILED);
    JobRun ofTwo = insert(two, RunStatus.PENDING);
    JobRun ofOther = insert(jobOfOther, RunStatus.FAILED);
    var narrow = new Scope(SCOPE.projectId(), Set.of(one.id(), two.id(), jobOfOther.id()));
    assertThat(find(narrow, ofOne.id())).contains(ofOne);
    assertThat(findForUpdate(narrow, ofOne.id())).contains(ofOne);
    for (JobRun other : List.of(hidden, ofOther)) {
      assertThat(find(narrow, other.id())).isEmpty();
      assertThat(findForUpdate(narrow, other.id())).isEmpty();
    }
    assertThat(all(narrow, RunQuery.of(null, Set.of()))).containsExactly(ofTwo, ofOne);
    assertThat(all(narrow, RunQuery.of(null, Set.of(RunStatus.FAILED)))).containsExactly(ofOne);
    assertThat(all(narrow, of(two))).containsExactly(ofTwo);
    assertThat(all(narrow, of(hiddenJob))).isEmpty();
    assertThat(all(narrow, of(jobOfOther))).isEmpty();
  }

  @Test
  void aScopeWithNoJobIsEmpty() {
    JobRun run = insert(newJob(), RunStatus.PENDING);
    var nothing = new Scope(SCOPE.projectId(), Set.of());
    assertThat(find(nothing, run.id())).isEmpty();
    assertThat(findForUpdate(nothing, run.id())).isEmpty();
    assertThat(all(nothing, RunQuery.of(null, Set.of()))).isEmpty();
  }

  private List<JobRun> findByExternalId(Scope scope, ExternalId... ids) {
    return transactions().write(() -> repository().findByExternalIdForUpdate(scope, List.of(ids)));
  }

  private static ExternalId id(Job job, String externalId) {
    return new ExternalId(job.id(), externalId);
  }

  @Test
  void runsAreFoundByTheirExternalIdsWithinTheirJobs() {
    Job one = newJob();
    Job other = newJob();
    JobRun first = insert(one, SampleRuns.announced("a"), NOW);
    JobRun second = insert(one, SampleRuns.announced("b"), NOW);
    JobRun ofOther = insert(other, SampleRuns.announced("a"), NOW);
    insert(one, RunStatus.PENDING);
    insert(one, RunStatus.PENDING);
    assertThat(findByExternalId(SCOPE, id(one, "a"))).containsExactly(first);
    assertThat(
            findByExternalId(
                SCOPE, id(one, "a"), id(one, "b"), id(other, "a"), id(other, "b"), id(one, "A")))
        .containsExactlyInAnyOrder(first, second, ofOther);
    assertThat(findByExternalId(SCOPE)).isEmpty();
  }

  @Test
  void aRunIsFoundByItsExternalIdOnlyWhereItsJobIsSeen() {
    Job seen = newJob();
    Job hidden = newJob();
    Job jobOfOther = newJob(otherProject());
    JobRun run = insert(seen, SampleRuns.announced("a"), NOW);
    insert(hidden, SampleRuns.announced("a"), NOW);
    insert(jobOfOther, SampleRuns.announced("a"), NOW);
    ExternalId[] ids = {id(seen, "a"), id(hidden, "a"), id(jobOfOther, "a")};
    assertThat(findByExternalId(new Scope(SCOPE.projectId(), Set.of(seen.id())), ids))
        .containsExactly(run);
    assertThat(findByExternalId(otherProject(), ids)).hasSize(1).doesNotContain(run);
  }

  @Test
  void theRunningTransactionFindsTheExternalIdsThatItInserted() {
    Job job = newJob();
    JobRun before = insert(job, SampleRuns.announced("before"), NOW);
    transactions()
        .write(
            () -> {
              JobRun run =
                  JobRun.create(repository().nextId(), job, SampleRuns.announced("now"), NOW);
              repository().insert(run, RunEvent.created(run));
              assertThat(
                      repository()
                          .findByExternalIdForUpdate(
                              SCOPE, List.of(id(job, "now"), id(job, "before"))))
                  .containsExactlyInAnyOrder(run, before);
              JobRun running = run.apply(SampleRuns.to(RunStatus.RUNNING), NOW);
              repository().update(running, RunEvent.between(run, running));
              assertThat(repository().findByExternalIdForUpdate(SCOPE, List.of(id(job, "now"))))
                  .containsExactly(running);
              return run;
            });
  }

  @Test
  void whatATransactionInsertedThatFailedIsNotFoundByTheNextOne() {
    Job job = newJob();
    JobRun taken = insert(job, SampleRuns.announced("taken"), NOW);
    assertThatThrownBy(
            () ->
                transactions()
                    .write(
                        () -> {
                          List<RecordedRun> runs = new ArrayList<>();
                          for (NewRun wanted :
                              List.of(
                                  SampleRuns.announced("lost"), SampleRuns.announced("taken"))) {
                            JobRun run = JobRun.create(repository().nextId(), job, wanted, NOW);
                            runs.add(new RecordedRun(run, List.of(RunEvent.created(run))));
                          }
                          repository().insertAll(runs);
                          return runs;
                        }))
        .isInstanceOf(RuntimeException.class);
    assertThat(findByExternalId(SCOPE, id(job, "lost"), id(job, "taken"))).containsExactly(taken);
    assertThat(all(of(job))).containsExactly(taken);
    assertThat(insert(job, SampleRuns.announced("lost"), NOW).externalId()).isEqualTo("lost");
  }

  @Test
  void twoRunsOfOneInsertCannotHaveTheSameExternalId() {
    Job job = newJob();
    assertThatThrownBy(
            () ->
                transactions()
                    .write(
                        () -> {
                          List<RecordedRun> runs = new ArrayList<>();
                          for (int i = 0; i < 2; i++) {
                            JobRun run =
                                JobRun.create(
                                    repository().nextId(), job, SampleRuns.announced("x"), NOW);
                            runs.add(new RecordedRun(run, List.of(RunEvent.created(run))));
                          }
                          repository().insertAll(runs);
                          return runs;
                        }))
        .isInstanceOf(RuntimeException.class);
    assertThat(all(of(job))).isEmpty();
  }

  @Test
  void theExternalIdIsAFilterToo() {
    Job job = newJob();
    Job other = newJob();
    JobRun run = insert(job, SampleRuns.announced("a"), NOW);
    insert(job, SampleRuns.announced("b"), NOW);
    insert(job, RunStatus.PENDING);
    insert(other, SampleRuns.announced("a"), NOW);
    assertThat(all(ofExternalId(job, "a", Set.of()))).containsExactly(run);
    assertThat(all(ofExternalId(job, "a", Set.of(RunStatus.FAILED)))).isEmpty();
    assertThat(all(ofExternalId(job, "c", Set.of()))).isEmpty();
  }

  @Test
  void runsAreInsertedAndReplacedInAnyNumberOfSteps() {
    Job job = newJob();
    JobRun once = insert(job, RunStatus.PENDING);
    JobRun twice = insert(job, RunStatus.PENDING);
    RecordedRun changedOnce = changed(once, SampleRuns.to(RunStatus.RUNNING));
    RecordedRun changedTwice =
        changed(twice, SampleRuns.to(RunStatus.RUNNING), SampleRuns.to(RunStatus.FAILED));
    JobRun fresh =
        JobRun.create(unknownId(), job, SampleRuns.wanted(RunStatus.PENDING), NOW.plusSeconds(1));
    RecordedRun inserted = changed(fresh, SampleRuns.to(RunStatus.RUNNING));
    List<RunEvent> events = new ArrayList<>(List.of(RunEvent.created(fresh)));
    events.addAll(inserted.events());
    RecordedRun created = new RecordedRun(inserted.run(), events);
    transactions()
        .write(
            () -> {
              repository().insertAll(List.of(created));
              repository().updateAll(List.of(changedOnce, changedTwice));
              assertThat(
                      repository()
                          .findForUpdate(
                              SCOPE, List.of(once.id(), twice.id(), fresh.id(), Long.MAX_VALUE)))
                  .containsExactlyInAnyOrder(changedOnce.run(), changedTwice.run(), created.run());
              return job;
            });
    assertThat(all(of(job))).containsExactly(created.run(), changedTwice.run(), changedOnce.run());
    assertThat(events(fresh.id())).containsExactlyElementsOf(created.events());
    assertThat(events(twice.id())).hasSize(3).containsAll(changedTwice.events());
    JobRun told = update(changedTwice.run(), SampleRuns.message("why"));
    assertThat(find(twice.id())).contains(told);
    assertThat(told.version()).isEqualTo(4);
  }

  @Test
  void ofRunsThatAreReplacedTogetherNoneIsIfOneIsStale() {
    Job job = newJob();
    JobRun one = insert(job, RunStatus.PENDING);
    JobRun other = insert(job, RunStatus.PENDING);
    RecordedRun stale = changed(other, SampleRuns.to(RunStatus.RUNNING));
    JobRun cancelled = update(other, SampleRuns.to(RunStatus.CANCELLED));
    List<RecordedRun> runs =
        List.of(
            changed(one, SampleRuns.to(RunStatus.RUNNING), SampleRuns.to(RunStatus.FAILED)), stale);
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(
            () ->
                transactions()
                    .write(
                        () -> {
                          repository().updateAll(runs);
                          return runs;
                        }));
    assertThat(all(of(job))).containsExactly(cancelled, one);
    assertThat(events(one.id())).hasSize(1);
  }

  private static RecordedRun changed(JobRun before, RunPatch... patches) {
    JobRun run = before;
    List<RunEvent> events = new ArrayList<>();
    for (RunPatch patch : patches) {
      JobRun after = run.apply(patch, NOW.plusSeconds(90));
      events.add(RunEvent.between(run, after));
      run = after;
    }
    return new RecordedRun(run, events);
  }

  @Test
  void runsThatAreInsertedSideBySideAreAllThere() throws Exception {
    Job job = newJob();
    List<JobRun> inserted =
        SideBySide.run(
            threads(), 16, i -> insert(job, i % 2 == 0 ? RunStatus.PENDING : RunStatus.FAILED));
    assertThat(inserted).extracting(JobRun::id).doesNotHaveDuplicates();
    assertThat(all(of(job))).containsExactlyInAnyOrderElementsOf(inserted);
  }

  @Test
  void ofManyUpdatesOfOneVersionExactlyOneIsStored() throws Exception {
    JobRun running = insert(newJob(), RunStatus.RUNNING);
    List<Optional<JobRun>> results =
        SideBySide.run(
            threads(),
            16,
            i -> {
              RunStatus status = i % 2 == 0 ? RunStatus.SUCCESS : RunStatus.FAILED;
              try {
                return Optional.of(update(running, SampleRuns.to(status)));
              } catch (StaleVersion e) {
                return Optional.<JobRun>empty();
              }
            });
    List<JobRun> stored = results.stream().flatMap(Optional::stream).toList();
    assertThat(stored).hasSize(1);
    assertThat(find(running.id())).contains(stored.get(0));
    assertThat(events(running.id()))
        .containsExactly(RunEvent.created(running), RunEvent.between(running, stored.get(0)));
  }

  @Test
  void jobsAreFoundAndSortedByTheirLastRun() {
    String type = "type-" + unknownId();
    Job never = newJob(type);
    Job failing = newJob(type);
    Job recovered = newJob(type);
    insert(recovered, SampleRuns.wanted(RunStatus.FAILED), NOW);
    insert(recovered, SampleRuns.wanted(RunStatus.SUCCESS), NOW.plusSeconds(20));
    insert(failing, SampleRuns.wanted(RunStatus.SUCCESS), NOW);
    // Of two of the same time, the later one counts.
    insert(failing, SampleRuns.wanted(RunStatus.PENDING), NOW.plusSeconds(10));
    insert(failing, SampleRuns.wanted(RunStatus.FAILED), NOW.plusSeconds(10));
    assertThat(lastRun(type, Set.of(LastRunStatus.FAILED), null)).containsExactly(failing);
    assertThat(lastRun(type, Set.of(LastRunStatus.SUCCESS), null)).containsExactly(recovered);
    assertThat(lastRun(type, Set.of(LastRunStatus.NONE, LastRunStatus.FAILED), null))
        .containsExactly(failing, never);
    assertThat(lastRun(type, Set.of(LastRunStatus.PENDING), null)).isEmpty();
    assertThat(lastRun(type, Set.of(), NOW.plusSeconds(20))).containsExactly(failing);
    assertThat(lastRun(type, Set.of(), NOW.plusSeconds(21))).containsExactly(recovered, failing);
    assertThat(lastRun(type, Set.of(), null, "lastRunAt"))
        .containsExactly(never, failing, recovered);
    assertThat(lastRun(type, Set.of(), null, "-lastRunAt"))
        .containsExactly(recovered, failing, never);
  }

  private List<Job> lastRun(String type, Set<LastRunStatus> statuses, @Nullable Instant before) {
    return lastRun(type, statuses, before, "-createdAt");
  }

  private List<Job> lastRun(
      String type, Set<LastRunStatus> statuses, @Nullable Instant before, String sort) {
    var filter = new JobFilter(null, null, Set.of(type), null, statuses, before);
    var query = new JobQuery(filter, JobSort.named(sort).orElseThrow());
    return transactions().read(() -> jobs().list(SCOPE, query, ALL)).items();
  }

  @Test
  void theNewestRunOfEachJobIsFoundInOneGo() {
    Job one = newJob();
    Job two = newJob();
    Job none = newJob();
    JobRun success = insert(one, SampleRuns.wanted(RunStatus.SUCCESS), NOW.plusSeconds(1));
    insert(one, SampleRuns.wanted(RunStatus.SUCCESS), NOW);
    JobRun running = insert(one, SampleRuns.wanted(RunStatus.RUNNING), NOW.plusSeconds(2));
    insert(two, RunStatus.CANCELLED);
    JobRun last = insert(two, RunStatus.FAILED);
    List<Long> jobIds = List.of(one.id(), two.id(), none.id());

    assertThat(newest(SCOPE, jobIds, null))
        .containsExactlyInAnyOrder(running.brief(), last.brief());
    assertThat(newest(SCOPE, jobIds, RunStatus.SUCCESS)).containsExactly(success.brief());
    assertThat(newest(SCOPE, jobIds, RunStatus.PENDING)).isEmpty();
    assertThat(newest(otherProject(), jobIds, null)).isEmpty();
  }

  private List<RunBrief> newest(Scope scope, List<Long> jobIds, @Nullable RunStatus status) {
    return transactions().read(() -> repository().newestOf(scope, jobIds, status));
  }

  @Test
  void whatARunIsToldAboutItsPaceIsKept() {
    Job job = newJob();
    JobRun pending = insert(job, RunStatus.PENDING);
    JobRun running = update(pending, SampleRuns.to(RunStatus.RUNNING));
    assertThat(running.pace().queueMs()).isEqualTo(90_000);
    JobRun done = running.apply(SampleRuns.to(RunStatus.SUCCESS), NOW.plusSeconds(99));
    JobRun compared = update(running, SampleRuns.withPace(done, 2.625, true));
    assertThat(find(compared.id())).contains(compared);
    assertThat(compared.pace()).isEqualTo(new RunPace(90_000L, 2.625, true, false));
  }
}
