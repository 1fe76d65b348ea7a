package io.chronotrack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
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
import io.chronotrack.run.store.InMemoryJobRunRepository;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunServiceTest {

  private static final PageRequest ALL = PageRequest.first(500);
  private static final RunFilter EVERY = new RunFilter(null, Set.of());

  private final TestClock clock = new TestClock(SampleRuns.CREATED);
  private final InMemoryJobRepository jobRepository = new InMemoryJobRepository();
  private final MemoryTransactions transactions = new MemoryTransactions();
  private final JobService jobs = new JobService(jobRepository, transactions, clock);
  private final RunService runs =
      new RunService(
          new InMemoryJobRunRepository(),
          jobRepository,
          transactions,
          clock,
          AppConfig.from(key -> Optional.ofNullable(Map.of("MAX_METADATA_BYTES", "64").get(key))));

  private Job job() {
    return jobs.create(new NewJob("nightly", null, null));
  }

  private JobRun create(RunStatus status) {
    return runs.create(job().id(), SampleRuns.wanted(status));
  }

  private JobRun patch(JobRun run, RunPatch patch) {
    return runs.patch(run.id(), patch, ExpectedVersion.ANY);
  }

  private List<RunEvent> events(JobRun run) {
    return runs.events(run.id(), ALL).items();
  }

  private void setArchived(Job job, boolean archived) {
    jobs.patch(
        job.id(),
        new JobPatch(Change.none(), Change.none(), Change.none(), Change.to(archived)),
        ExpectedVersion.ANY);
  }

  @Test
  void aCreatedRunCanBeReadAndHasItsFirstEvent() {
    JobRun run = create(RunStatus.PENDING);
    assertThat(runs.get(run.id())).isEqualTo(run);
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
    assertThat(runs.get(done.id())).isEqualTo(done);
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
    assertThat(runs.get(pending.id())).isEqualTo(pending);
    assertThat(events(pending)).hasSize(1);
  }

  @Test
  void aRunOfAnUnknownJobIsRefused() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.create(99, SampleRuns.wanted(RunStatus.PENDING)))
        .withMessage("There is no job 99.");
    assertThat(runs.list(EVERY, ALL).items()).isEmpty();
  }

  @Test
  void anArchivedJobTakesNoNewRunsButItsRunsAreStillReported() {
    Job job = job();
    JobRun running = runs.create(job.id(), SampleRuns.wanted(RunStatus.RUNNING));
    setArchived(job, true);
    assertThatExceptionOfType(JobArchived.class)
        .isThrownBy(() -> runs.create(job.id(), SampleRuns.wanted(RunStatus.PENDING)));
    assertThat(patch(running, SampleRuns.to(RunStatus.SUCCESS)).status())
        .isEqualTo(RunStatus.SUCCESS);
    setArchived(job, false);
    runs.create(job.id(), SampleRuns.wanted(RunStatus.PENDING));
  }

  @Test
  void anUnknownRunIsNotFound() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.get(99))
        .withMessage("There is no run 99.");
    assertThatExceptionOfType(NotFound.class).isThrownBy(() -> runs.events(99, ALL));
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.patch(99, SampleRuns.message("x"), ExpectedVersion.ANY));
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> runs.listOfJob(99, new RunFilter(99L, Set.of()), ALL))
        .withMessage("There is no job 99.");
  }

  @Test
  void aPatchOfAnotherVersionIsRefusedAndChangesNothing() {
    JobRun running = create(RunStatus.RUNNING);
    var second = new ExpectedVersion(Set.of(2L));
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> runs.patch(running.id(), SampleRuns.to(RunStatus.SUCCESS), second));
    assertThat(runs.get(running.id())).isEqualTo(running);
  }

  @Test
  void metadataMayNotGrowBeyondItsLimitByMerging() {
    JobRun run = create(RunStatus.RUNNING);
    JobRun half = patch(run, SampleRuns.metadata("{\"a\":\"" + "x".repeat(30) + "\"}"));
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(() -> patch(half, SampleRuns.metadata("{\"b\":\"" + "y".repeat(30) + "\"}")))
        .withMessageContaining("64 bytes");
    assertThat(runs.get(run.id())).isEqualTo(half);
    assertThat(events(run)).hasSize(2);
  }

  @Test
  void listsAreFilteredByJobAndStatus() {
    Job one = job();
    Job other = job();
    JobRun first = runs.create(one.id(), SampleRuns.wanted(RunStatus.FAILED));
    JobRun second = runs.create(one.id(), SampleRuns.wanted(RunStatus.PENDING));
    JobRun third = runs.create(other.id(), SampleRuns.wanted(RunStatus.FAILED));
    assertThat(runs.list(EVERY, ALL).items()).containsExactly(third, second, first);
    assertThat(runs.list(new RunFilter(null, Set.of(RunStatus.FAILED)), ALL).items())
        .containsExactly(third, first);
    assertThat(runs.listOfJob(one.id(), new RunFilter(one.id(), Set.of()), ALL).items())
        .containsExactly(second, first);
  }

  @Test
  void eventsAreReadPageByPage() {
    JobRun run = create(RunStatus.RUNNING);
    patch(run, SampleRuns.message("a"));
    patch(run, SampleRuns.message("b"));
    Page<RunEvent> first = runs.events(run.id(), PageRequest.first(2));
    assertThat(first.items()).extracting(RunEvent::version).containsExactly(1L, 2L);
    Position next = first.next();
    assertThat(next).isNotNull();
    Page<RunEvent> second = runs.events(run.id(), new PageRequest(2, next));
    assertThat(second.items()).extracting(RunEvent::version).containsExactly(3L);
    assertThat(second.next()).isNull();
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
    assertThat(runs.get(running.id())).isEqualTo(winners.get(0));
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
    assertThat(answers).containsExactly(runs.get(running.id()));
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
