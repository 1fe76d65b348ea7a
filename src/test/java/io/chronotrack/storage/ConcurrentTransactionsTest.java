package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.Job;
import io.chronotrack.job.NewJob;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.problem.NotFound;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.store.JpaJobRunRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.hibernate.StaleObjectStateException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions side by side, and the probe that checks them, on a real database. */
@Timeout(120)
@NullUnmarked // JUnit fills the fields.
class ConcurrentTransactionsTest {

  private static final Executor THREADS = task -> new Thread(task, "command").start();
  private static final AtomicInteger IDS = new AtomicInteger(1_000_000);

  private static PostgresFixture postgres;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  private static int execute(String sql) {
    return postgres.writer().current().createNativeQuery(sql).executeUpdate();
  }

  private static int insertJob(long id, String name) {
    return execute(
        "INSERT INTO jobs VALUES (%d, 1, '%s', NULL, NULL, false, 5, 5, 1)".formatted(id, name));
  }

  private static long count(long id) {
    return postgres
        .transactions()
        .read(
            () ->
                ((Number)
                        postgres
                            .reader()
                            .current()
                            .createNativeQuery("SELECT count(*) FROM jobs WHERE id = " + id)
                            .getSingleResult())
                    .longValue());
  }

  @Test
  void aCommandThatThrowsLeavesNothingAndIsNotRunAgain() {
    long id = IDS.incrementAndGet();
    var times = new AtomicInteger();
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(
            () ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          times.incrementAndGet();
                          insertJob(id, "job");
                          throw new NotFound("job", 2);
                        }));
    assertThat(count(id)).isZero();
    assertThat(times).hasValue(1);
  }

  @Test
  void aBrokenRuleIsADefectAndTheCommandIsNotRunAgain() {
    long id = IDS.incrementAndGet();
    var times = new AtomicInteger();
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          times.incrementAndGet();
                          return insertJob(id, "");
                        }))
        .isNotInstanceOf(StorageUnavailable.class);
    assertThat(times).hasValue(1);
  }

  @Test
  void aWriteInsideOfACommandIsPartOfIt() {
    long id = IDS.incrementAndGet();
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(
            () ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          postgres.transactions().write(() -> insertJob(id, "job"));
                          throw new NotFound("job", 2);
                        }));
    assertThat(count(id)).isZero();
  }

  @Test
  void commandsRunSideBySide() throws Exception {
    var together = new CyclicBarrier(8);
    List<Integer> results =
        SideBySide.run(
            THREADS,
            8,
            i ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          insertJob(IDS.incrementAndGet(), "job");
                          // Passed by nobody unless all are in their transactions.
                          return SideBySide.await(together);
                        }));
    assertThat(results).doesNotHaveDuplicates().hasSize(8);
  }

  @Test
  void whoStoresWhatIsThereAlreadySeesItTheNextTime() throws Exception {
    long id = IDS.incrementAndGet();
    var together = new CyclicBarrier(2);
    var times = new AtomicInteger();
    List<String> results =
        SideBySide.run(
            THREADS,
            2,
            i ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          boolean exists =
                              ((Number)
                                          postgres
                                              .writer()
                                              .current()
                                              .createNativeQuery(
                                                  "SELECT count(*) FROM jobs WHERE id = " + id)
                                              .getSingleResult())
                                      .longValue()
                                  > 0;
                          if (times.incrementAndGet() <= 2) {
                            SideBySide.await(together);
                          }
                          if (!exists) {
                            insertJob(id, "job");
                          }
                          return exists ? "found" : "stored";
                        }));
    assertThat(results).containsExactlyInAnyOrder("found", "stored");
    assertThat(times).hasValue(3);
  }

  @Test
  void whoIsInTheWayOfEachOtherIsRunAgain() throws Exception {
    long one = IDS.incrementAndGet();
    long two = IDS.incrementAndGet();
    postgres.transactions().write(() -> insertJob(one, "one") + insertJob(two, "two"));
    var together = new CyclicBarrier(2);
    var times = new AtomicInteger();
    List<Integer> results =
        SideBySide.run(
            THREADS,
            2,
            i ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          String lock = "UPDATE jobs SET version = version + 1 WHERE id = ";
                          int changed = execute(lock + (i == 0 ? one : two));
                          if (times.incrementAndGet() <= 2) {
                            SideBySide.await(together);
                          }
                          return changed + execute(lock + (i == 0 ? two : one));
                        }));
    assertThat(results).containsExactly(2, 2);
    assertThat(times).hasValue(3);
  }

  @Test
  void whatIsStoredAlreadyForGoodIsADefectAfterAFewTimes() {
    long id = IDS.incrementAndGet();
    postgres.transactions().write(() -> insertJob(id, "job"));
    var times = new AtomicInteger();
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          times.incrementAndGet();
                          return insertJob(id, "job");
                        }))
        .isNotInstanceOf(StorageUnavailable.class);
    assertThat(times).hasValue(5);
  }

  @Test
  void whatIsToBeDoneOnCommitIsDoneOnceAndNotForARunThatWasInVain() {
    long taken = IDS.incrementAndGet();
    postgres.transactions().write(() -> insertJob(taken, "job"));
    var times = new AtomicInteger();
    List<String> done = new ArrayList<>();
    postgres
        .transactions()
        .write(
            () -> {
              postgres.transactions().onCommit(() -> done.add("run " + times.get()));
              long id = times.incrementAndGet() == 1 ? taken : IDS.incrementAndGet();
              assertThat(done).isEmpty();
              return insertJob(id, "job");
            });
    assertThat(done).containsExactly("run 2");
    postgres.transactions().onCommit(() -> done.add("at once"));
    assertThat(done).containsExactly("run 2", "at once");
  }

  @Test
  void aConnectionThatIsCutIsAFailureThatMayPass() {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                postgres
                    .transactions()
                    .write(() -> execute("SELECT pg_terminate_backend(pg_backend_pid())")));
    long id = IDS.incrementAndGet();
    assertThat(postgres.transactions().write(() -> insertJob(id, "job"))).isEqualTo(1);
  }

  private static JobRun newRun(JpaJobRunRepository runs) {
    var jobs = new JpaJobRepository(postgres.writer(), postgres.reader());
    Instant now = SampleRuns.CREATED;
    return postgres
        .transactions()
        .write(
            () -> {
              Job job = Job.create(jobs.nextId(), 1, new NewJob("job", null, null), now);
              jobs.insert(job);
              JobRun run =
                  JobRun.create(runs.nextId(), job, SampleRuns.wanted(RunStatus.RUNNING), now);
              runs.insert(run, RunEvent.created(run));
              return run;
            });
  }

  /** Changes a run, as one of many who do, and gives its new version. */
  private static long amend(JpaJobRunRepository runs, long id, int by) {
    JobRun before = runs.findForUpdate(SampleCallers.DEFAULT, id).orElseThrow();
    JobRun after =
        before.apply(
            SampleRuns.metadata("{\"by\":" + by + "}"), SampleRuns.CREATED.plusSeconds(90));
    runs.update(after, RunEvent.between(before, after));
    return after.version();
  }

  @Test
  void manyThatChangeOneRunTakeTurnsAndEachMeetsWhatTheOthersLeft() throws Exception {
    var runs = new JpaJobRunRepository(postgres.writer(), postgres.reader());
    JobRun run = newRun(runs);
    List<Long> versions =
        SideBySide.run(
            THREADS, 48, i -> postgres.transactions().write(() -> amend(runs, run.id(), i)));
    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(2, 49).boxed().toList());
  }

  @Test
  void whoLosesToOneNewcomerAfterTheOtherIsRunAgainUntilNoneComes() {
    var runs = new JpaJobRunRepository(postgres.writer(), postgres.reader());
    JobRun run = newRun(runs);
    var times = new AtomicInteger();
    Supplier<Long> overtaken =
        () -> {
          assertThat(runs.findForUpdate(SampleCallers.DEFAULT, run.id())).isPresent();
          int time = times.incrementAndGet();
          if (time <= 20) {
            CompletableFuture.supplyAsync(
                    () -> postgres.transactions().write(() -> amend(runs, run.id(), time)), THREADS)
                .join();
          }
          return amend(runs, run.id(), 0);
        };
    assertThat(postgres.transactions().write(overtaken)).isEqualTo(22);
    assertThat(times).hasValue(21);
  }

  @Test
  void whoAlwaysLosesIsToldAfterTheLongestWait() {
    var longestWait = Duration.ofMillis(200);
    long begin = System.nanoTime();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                postgres
                    .transactionsWaitingAtMost(longestWait)
                    .write(
                        () -> {
                          throw new StaleObjectStateException("run", 7L);
                        }))
        .withMessageContaining("Too many requests change the same");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(longestWait);
  }

  @Test
  void whoLostInTwoWaysTakesTheTurnsOfBoth() {
    long taken = IDS.incrementAndGet();
    postgres.transactions().write(() -> insertJob(taken, "job"));
    List<Long> turns = new ArrayList<>();
    postgres
        .transactions()
        .write(
            () -> {
              turns.add(turnsHeld());
              switch (turns.size()) {
                case 1 -> insertJob(taken, "job");
                case 2 -> throw new StaleObjectStateException("run", 7L);
                default -> insertJob(IDS.incrementAndGet(), "job");
              }
              return turns.size();
            });
    assertThat(turns).containsExactly(0L, 1L, 2L);
  }

  private static long turnsHeld() {
    String held =
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";
    return ((Number) postgres.writer().current().createNativeQuery(held).getSingleResult())
        .longValue();
  }

  @Test
  void theProbeFindsThatTheDatabaseTakesPartInTransactions() {
    var probe =
        new WriteProbe(postgres.transactions(), postgres.writer(), new TestClock(Instant.EPOCH));
    probe.verifyTransactions();
    probe.write();
  }
}
