package io.chronotrack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.ProjectArchived;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.change.Change;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.config.AppConfig;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobArchived;
import io.chronotrack.job.JobPatch;
import io.chronotrack.job.JobService;
import io.chronotrack.job.NewJob;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.run.store.InMemoryJobRunRepository;
import io.chronotrack.stats.store.InMemoryStatisticsRepository;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunServiceTest {

  private static final Caller CALLER = SampleCallers.with(Role.OPERATOR);
  private static final ExpectedVersion ANY = ExpectedVersion.ANY;
  private static final PageRequest ALL = PageRequest.first(500);
  private static final RunSearch EVERY = new RunSearch(RunQuery.ALL, null);

  private final TestClock clock = new TestClock(SampleRuns.CREATED);
  private final InMemoryJobRepository jobRepository = new InMemoryJobRepository();
  private final MemoryTransactions transactions = new MemoryTransactions();
  private final JobService jobs =
      new JobService(
          jobRepository, new AuditLog(new InMemoryAuditRepository()), transactions, clock);
  private final RunService runs =
      new RunService(
          new InMemoryJobRunRepository(jobRepository),
          jobRepository,
          new InMemoryStatisticsRepository(),
          transactions,
          clock,
          new RunSignal(),
          AppConfig.from(key -> Optional.ofNullable(Map.of("MAX_METADATA_BYTES", "64").get(key))));

  private Job job() {
    return job(CALLER);
  }

  private Job job(Caller caller) {
    return jobs.create(caller, new NewJob("nightly", null, null));
  }

  private JobRun create(RunStatus status) {
    return runs.create(CALLER, job().id(), SampleRuns.wanted(status)).run();
  }

  private JobRun patch(JobRun run, RunPatch patch) {
    return runs.patch(CALLER, run.id(), patch, ANY);
  }

  private List<RunEvent> events(JobRun run) {
    return runs.events(CALLER, run.id(), ALL).items();
  }

  private void setArchived(Job job, boolean archived) {
    jobs.patch(
        CALLER,
        job.id(),
        new JobPatch(Change.none(), Change.none(), Change.none(), Change.to(archived)),
        ANY);
  }

  private static RunSearch search(@Nullable Long jobId, RunStatus... statuses) {
    return new RunSearch(RunQuery.of(jobId, Set.of(statuses)), null);
  }

  @Test
  void aCreatedRunCanBeReadAndHasItsFirstEvent() {
    JobRun run = create(RunStatus.PENDING);
    assertThat(runs.get(CALLER, run.id())).isEqualTo(run);
    assertThat(events(run)).containsExactly(RunEvent.created(run));
  }

  @Test
  void aRunGoesFromCreationToSuccessAndEveryStepIsKept() {
    JobRun pending = create(RunStatus.PENDING);
    Instant start = clock.move(Duration.ofSeconds(1));
    JobRun running = patch(pending, SampleRuns.to(RunStatus.RUNNING));
    Instant end = clock.move(Duration.ofSeconds(90));
    JobRun done = patch(running, SampleRuns.to(RunStatus.SUCCESS));
    assertThat(done.times()).isEqualTo(new RunTimes(start, end));
    assertThat(runs.get(CALLER, done.id())).isEqualTo(done);
    assertThat(events(done))
        .containsExactly(
            RunEvent.created(pending),
            RunEvent.between(pending, running),
            RunEvent.between(running, done));
  }

  @Test
  void aRepeatedTransitionGivesTheRunAsItIsAndAddsNoEvent() {
    JobRun running = create(RunStatus.RUNNING);
    JobRun failed = patch(running, SampleRuns.to(RunStatus.FAILED));
    clock.move(Duration.ofSeconds(5));
    assertThat(patch(failed, SampleRuns.to(RunStatus.FAILED))).isEqualTo(failed);
    assertThat(events(failed)).hasSize(2);
  }

  @Test
  void aRefusedTransitionLeavesNoTrace() {
    JobRun pending = create(RunStatus.PENDING);
    assertThatExceptionOfType(IllegalTransition.class)
        .isThrownBy(() -> patch(pending, SampleRuns.to(RunStatus.SUCCESS)));
    assertThat(runs.get(CALLER, pending.id())).isEqualTo(pending);
    assertThat(events(pending)).hasSize(1);
  }

  @Test
  void anExternalIdThatTheJobHasGivesTheRunThatExistsAsItIs() {
    Job job = job();
    JobRun run = runs.create(CALLER, job.id(), SampleRuns.announced("a")).run();
    JobRun running = patch(run, SampleRuns.to(RunStatus.RUNNING));
    clock.move(Duration.ofSeconds(1));

    assertThat(runs.create(CALLER, job.id(), SampleRuns.announced("a")))
        .isEqualTo(new CreatedRun(running, false));
    assertThat(events(run)).hasSize(2);
    assertThat(runs.create(CALLER, job().id(), SampleRuns.announced("a")).isNew()).isTrue();
    assertThat(runs.create(CALLER, job.id(), SampleRuns.announced("A")).isNew()).isTrue();
  }

  @Test
  void whatWasCreatedBeforeItsJobWasArchivedIsFoundByItsExternalIdAfterwards() {
    Job job = job();
    JobRun run = runs.create(CALLER, job.id(), SampleRuns.announced("a")).run();
    setArchived(job, true);

    assertThat(runs.create(CALLER, job.id(), SampleRuns.announced("a")).run()).isEqualTo(run);
    assertThatExceptionOfType(JobArchived.class)
        .isThrownBy(() -> runs.create(CALLER, job.id(), SampleRuns.announced("b")));
  }

  @Test
  void aRunOfAnUnknownJobIsRefused() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.create(CALLER, 99, SampleRuns.wanted(RunStatus.PENDING)))
        .withMessage("There is no job 99.");
    assertThat(runs.list(CALLER, EVERY, ALL, false).page().items()).isEmpty();
  }

  @Test
  void anArchivedJobTakesNoNewRunsButItsRunsAreStillReported() {
    Job job = job();
    JobRun running = runs.create(CALLER, job.id(), SampleRuns.wanted(RunStatus.RUNNING)).run();
    setArchived(job, true);
    assertThatExceptionOfType(JobArchived.class)
        .isThrownBy(() -> runs.create(CALLER, job.id(), SampleRuns.wanted(RunStatus.PENDING)));
    assertThat(patch(running, SampleRuns.to(RunStatus.SUCCESS)).status())
        .isEqualTo(RunStatus.SUCCESS);
    setArchived(job, false);
    runs.create(CALLER, job.id(), SampleRuns.wanted(RunStatus.PENDING)).run();
  }

  @Test
  void anUnknownRunIsNotFound() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.get(CALLER, 99))
        .withMessage("There is no run 99.");
    assertThatExceptionOfType(NotFound.class).isThrownBy(() -> runs.events(CALLER, 99, ALL));
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.patch(CALLER, 99, SampleRuns.message("x"), ANY));
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.listOfJob(CALLER, 99, search(99L), ALL, false))
        .withMessage("There is no job 99.");
  }

  @Test
  void aPatchOfAnotherVersionIsRefusedAndChangesNothing() {
    JobRun running = create(RunStatus.RUNNING);
    var second = new ExpectedVersion(Set.of(2L));
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(
            () -> runs.patch(CALLER, running.id(), SampleRuns.to(RunStatus.SUCCESS), second));
    assertThat(runs.get(CALLER, running.id())).isEqualTo(running);
  }

  @Test
  void metadataMayNotGrowBeyondItsLimitByMerging() {
    JobRun run = create(RunStatus.RUNNING);
    JobRun half = patch(run, SampleRuns.metadata("{\"a\":\"" + "x".repeat(30) + "\"}"));
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(() -> patch(half, SampleRuns.metadata("{\"b\":\"" + "y".repeat(30) + "\"}")))
        .withMessageContaining("64 bytes");
    assertThat(runs.get(CALLER, run.id())).isEqualTo(half);
    assertThat(events(run)).hasSize(2);
  }

  @Test
  void listsAreFilteredByJobAndStatus() {
    Job one = job();
    Job other = job();
    JobRun first = runs.create(CALLER, one.id(), SampleRuns.wanted(RunStatus.FAILED)).run();
    JobRun second = runs.create(CALLER, one.id(), SampleRuns.wanted(RunStatus.PENDING)).run();
    JobRun third = runs.create(CALLER, other.id(), SampleRuns.wanted(RunStatus.FAILED)).run();
    assertThat(runs.list(CALLER, EVERY, ALL, false).page().items())
        .containsExactly(third, second, first);
    assertThat(runs.list(CALLER, search(null, RunStatus.FAILED), ALL, false).page().items())
        .containsExactly(third, first);
    assertThat(runs.listOfJob(CALLER, one.id(), search(one.id()), ALL, false).page().items())
        .containsExactly(second, first);
  }

  @Test
  void eventsAreReadPageByPage() {
    JobRun run = create(RunStatus.RUNNING);
    patch(run, SampleRuns.message("a"));
    patch(run, SampleRuns.message("b"));
    Page<RunEvent> first = runs.events(CALLER, run.id(), PageRequest.first(2));
    assertThat(first.items()).extracting(RunEvent::version).containsExactly(1L, 2L);
    Position next = first.next();
    assertThat(next).isNotNull();
    Page<RunEvent> second = runs.events(CALLER, run.id(), new PageRequest(2, next));
    assertThat(second.items()).extracting(RunEvent::version).containsExactly(3L);
    assertThat(second.next()).isNull();
  }

  @Test
  void aRunIsCreatedInTheProjectOfItsJob() {
    Caller other = SampleCallers.inOtherProject(Role.OPERATOR);
    JobRun run = runs.create(other, job(other).id(), SampleRuns.wanted(RunStatus.PENDING)).run();
    assertThat(run.projectId()).isEqualTo(2);
    assertThat(runs.get(other, run.id())).isEqualTo(run);
  }

  @Test
  void whatIsInAnotherProjectIsNotFoundAsIfThereWereNothing() {
    Caller other = SampleCallers.inOtherProject(Role.OPERATOR);
    Job jobOfOther = job(other);
    JobRun ofOther =
        runs.create(other, jobOfOther.id(), SampleRuns.wanted(RunStatus.RUNNING)).run();
    for (Role role : Role.values()) {
      assertNothingThereFor(SampleCallers.with(role), jobOfOther, ofOther);
    }
    assertThat(runs.get(other, ofOther.id())).isEqualTo(ofOther);
    assertThat(runs.list(other, EVERY, ALL, false).page().items()).containsExactly(ofOther);
    assertThat(runs.events(other, ofOther.id(), ALL).items()).hasSize(1);
  }

  @Test
  void whatIsOfAJobThatTheCallerDoesNotSeeIsNotFoundEither() {
    Job seen = job();
    Job hidden = job();
    JobRun ofSeen = runs.create(CALLER, seen.id(), SampleRuns.wanted(RunStatus.RUNNING)).run();
    JobRun ofHidden = runs.create(CALLER, hidden.id(), SampleRuns.wanted(RunStatus.RUNNING)).run();
    assertNothingThereFor(SampleCallers.ofJobs(Role.SYSTEM, 99L), hidden, ofHidden);

    Caller caller = SampleCallers.ofJobs(Role.REPORTER, seen.id());
    assertThat(runs.list(caller, EVERY, ALL, false).page().items()).containsExactly(ofSeen);
    JobRun done = runs.patch(caller, ofSeen.id(), SampleRuns.to(RunStatus.SUCCESS), ANY);
    JobRun next = runs.create(caller, seen.id(), SampleRuns.wanted(RunStatus.PENDING)).run();
    assertThat(runs.list(caller, EVERY, ALL, false).page().items()).containsExactly(next, done);
  }

  private void assertNothingThereFor(Caller caller, Job job, JobRun run) {
    String noJob = "There is no job " + job.id() + ".";
    String noRun = "There is no run " + run.id() + ".";
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.create(caller, job.id(), SampleRuns.wanted(RunStatus.PENDING)))
        .withMessage(noJob);
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.listOfJob(caller, job.id(), search(job.id()), ALL, false))
        .withMessage(noJob);
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.get(caller, run.id()))
        .withMessage(noRun);
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.events(caller, run.id(), ALL))
        .withMessage(noRun);
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.patch(caller, run.id(), SampleRuns.to(RunStatus.SUCCESS), ANY))
        .withMessage(noRun);
    assertThat(runs.list(caller, EVERY, ALL, false).page().items()).isEmpty();
  }

  @Test
  void anArchivedProjectTakesNoNewRunsButItsRunsAreStillReported() {
    Job job = job();
    JobRun running = runs.create(CALLER, job.id(), SampleRuns.wanted(RunStatus.RUNNING)).run();
    Caller caller = SampleCallers.inArchivedProject(Role.SYSTEM);
    assertThatExceptionOfType(ProjectArchived.class)
        .isThrownBy(() -> runs.create(caller, job.id(), SampleRuns.wanted(RunStatus.PENDING)));
    JobRun done = runs.patch(caller, running.id(), SampleRuns.to(RunStatus.SUCCESS), ANY);
    assertThat(runs.list(caller, EVERY, ALL, false).page().items()).containsExactly(done);
  }

  @Test
  void anArchivedProjectDoesNotTellOfJobsThatAreNotThere() {
    Caller caller = SampleCallers.inArchivedProject(Role.REPORTER);
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.create(caller, 99, SampleRuns.wanted(RunStatus.PENDING)));
  }

  @Test
  void ofSixtyFourClientsThatFinishOneRunExactlyOneChangesIt() throws Exception {
    JobRun running = create(RunStatus.RUNNING);
    List<Callable<JobRun>> clients = new ArrayList<>();
    for (int client = 0; client < 64; client++) {
      // Each tells another time, so that no client only repeats what another one said.
      Instant end = SampleRuns.FINISHED.plusMillis(client);
      RunStatus status = client % 2 == 0 ? RunStatus.SUCCESS : RunStatus.FAILED;
      clients.add(() -> patch(running, SampleRuns.to(status, Change.none(), Change.to(end))));
    }
    List<JobRun> winners = new ArrayList<>();
    int refused = 0;
    for (Future<JobRun> answer : atTheSameMoment(clients)) {
      try {
        winners.add(answer.get());
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(IllegalTransition.class);
        refused++;
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(refused).isEqualTo(63);
    assertThat(runs.get(CALLER, running.id())).isEqualTo(winners.get(0));
    assertThat(winners.get(0).version()).isEqualTo(2);
    assertThat(events(running)).hasSize(2);
  }

  @Test
  void ofSixtyFourClientsThatReportTheSameEndAllAreAnsweredAndOneChangesTheRun() throws Exception {
    JobRun running = create(RunStatus.RUNNING);
    List<Callable<JobRun>> clients = new ArrayList<>();
    for (int client = 0; client < 64; client++) {
      clients.add(() -> patch(running, SampleRuns.to(RunStatus.SUCCESS)));
    }
    Set<JobRun> answers = new HashSet<>();
    for (Future<JobRun> answer : atTheSameMoment(clients)) {
      answers.add(answer.get());
    }
    assertThat(answers).containsExactly(runs.get(CALLER, running.id()));
    assertThat(events(running)).hasSize(2);
  }

  private static List<Future<JobRun>> atTheSameMoment(List<Callable<JobRun>> clients)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    try {
      var ready = new CountDownLatch(clients.size());
      return threads.invokeAll(
          clients.stream()
              .<Callable<JobRun>>map(
                  client ->
                      () -> {
                        ready.countDown();
                        ready.await();
                        return client.call();
                      })
              .toList());
    } finally {
      threads.shutdownNow();
    }
  }
}
