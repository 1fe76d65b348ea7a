package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.change.Change;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answer;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.idempotency.IdempotencyService;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.JobService;
import io.chronotrack.job.NewJob;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.run.BatchOperation;
import io.chronotrack.run.BatchService;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.NewRun;
import io.chronotrack.run.RunPatch;
import io.chronotrack.run.RunService;
import io.chronotrack.run.RunSignal;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.stats.Distribution;
import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.Interval;
import io.chronotrack.stats.RecentDurations;
import io.chronotrack.stats.RunOutcome;
import io.chronotrack.stats.Series;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.StatsQuery;
import io.chronotrack.stats.StatsService;
import io.chronotrack.stats.StatsView;
import io.chronotrack.stats.Usual;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * After whatever clients have done at the same time, statistics are what a count of all runs gives:
 * after creations, transitions, repetitions, refusals, batches, and transactions that are rolled
 * back.
 */
@Timeout(300)
public abstract class StatisticsAgreeWithRunsContract {

  private static final Caller CALLER = SampleCallers.with(Role.OPERATOR);
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final List<RunStatus> STATUSES = List.of(RunStatus.values());
  private static final int CLIENTS = 6;
  private static final int JOBS = 4;

  /** Held, because a logger whose level was set may otherwise be collected and forget it. */
  private static final List<Logger> TALKATIVE =
      List.of(
          Logger.getLogger(RunService.class.getName()),
          Logger.getLogger(BatchService.class.getName()),
          Logger.getLogger(JobService.class.getName()));

  static {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
  }

  private final TestClock clock = new TestClock(SampleRuns.CREATED);
  private final AppConfig config = AppConfig.from(key -> Optional.empty());

  /** The stores under test, which are empty, and what they take part in. */
  protected record Tested(
      Transactions transactions,
      JobRepository jobs,
      JobRunRepository runs,
      StatisticsRepository statistics,
      IdempotencyRepository idempotency,
      boolean rollsBack) {}

  /** What is tested. */
  protected abstract Tested tested();

  private RunService runs() {
    Tested t = tested();
    return new RunService(
        t.runs(), t.jobs(), t.statistics(), t.transactions(), clock, new RunSignal(), config);
  }

  /** What one client does, one after the other. */
  private final class Client {

    private final Random random;
    private final int number;
    private final List<Long> jobs;
    private final List<JobRun> mine = new ArrayList<>();
    private final RunService runs = runs();
    private final BatchService batches;
    private final IdempotencyService idempotency;
    private int refused;

    Client(int number, List<Long> jobs) {
      Tested t = tested();
      this.random = new Random(number);
      this.number = number;
      this.jobs = jobs;
      this.batches =
          new BatchService(
              t.runs(), t.jobs(), t.statistics(), t.transactions(), clock, new RunSignal(), config);
      this.idempotency = new IdempotencyService(t.idempotency(), t.transactions(), clock);
    }

    void work(int steps) {
      for (int step = 0; step < steps; step++) {
        clock.move(Duration.ofMillis(random.nextInt(400_000)));
        try {
          step(step);
        } catch (DomainException e) {
          refused++;
        }
      }
      assertThat(refused).as("what was refused").isPositive();
    }

    private void step(int step) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> mine.add(runs.create(CALLER, job(), newRun()).run());
        case 3, 4, 5 -> change(patch());
        case 6 -> change(SampleRuns.message("again " + step));
        case 7 -> batch();
        case 8 -> repeat(step);
        default -> fail();
      }
    }

    private long job() {
      // The first one is the busiest.
      return jobs.get(random.nextInt(3) > 0 ? 0 : random.nextInt(JOBS));
    }

    private void change(RunPatch patch) {
      if (!mine.isEmpty()) {
        int which = random.nextInt(mine.size());
        mine.set(which, runs.patch(CALLER, mine.get(which).id(), patch, ExpectedVersion.ANY));
      }
    }

    private NewRun newRun() {
      RunStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
      Instant now = clock.instant();
      Instant startedAt = now.minusMillis(1L << random.nextInt(24));
      boolean hasStart = status.isEnd() && (status != RunStatus.CANCELLED || random.nextBoolean());
      String externalId = random.nextInt(4) == 0 ? "night-" + random.nextInt(9) : null;
      return new NewRun(
          externalId,
          status,
          hasStart ? startedAt : null,
          status.isEnd() ? startedAt.plusMillis(random.nextInt(90_000)) : null,
          null,
          null,
          null);
    }

    private RunPatch patch() {
      RunStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
      return SampleRuns.to(status, Change.none(), Change.none());
    }

    private void batch() {
      List<BatchOperation> operations = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        operations.add(operation());
      }
      batches.apply(CALLER, operations, random.nextBoolean());
    }

    private BatchOperation operation() {
      return switch (random.nextInt(12)) {
        case 0 -> new BatchOperation.Invalid(new ValidationFailed(Violation.ofMember("op", "no")));
        case 1, 2, 3, 4, 5 ->
            mine.isEmpty()
                ? new BatchOperation.Create("/run", job(), newRun())
                : new BatchOperation.Update(
                    "/patch", mine.get(random.nextInt(mine.size())).id(), patch());
        default -> new BatchOperation.Create("/run", job(), newRun());
      };
    }

    /** Sends one request twice, with one key. */
    private void repeat(int step) {
      var body = new JsonBody(Json.createObjectBuilder().add("step", step).build());
      var post = new Post(CALLER, "/", "/runs", null, number + "-" + step, body);
      long job = job();
      NewRun wanted = newRun();
      for (int i = 0; i < 2; i++) {
        idempotency.once(
            post,
            () -> runs.create(CALLER, job, wanted),
            created ->
                Answer.created("runs/" + created.run().id(), 1, List.of(created.run().id())));
      }
    }

    /** Ends a run in a transaction that fails afterwards. */
    private void fail() {
      if (tested().rollsBack()) {
        long job = job();
        Instant end = clock.instant();
        assertThatThrownBy(
                () ->
                    tested()
                        .transactions()
                        .write(
                            () -> {
                              runs.create(CALLER, job, SampleRuns.reported(end));
                              throw new IllegalStateException("on purpose");
                            }))
            .hasStackTraceContaining("on purpose");
      }
    }
  }

  @Test
  void afterAnythingTheyAreWhatACountOfAllRunsGives() throws Exception {
    List<Long> jobs = new ArrayList<>();
    var jobService =
        new JobService(
            tested().jobs(),
            new AuditLog(new InMemoryAuditRepository()),
            tested().transactions(),
            clock);
    for (int i = 0; i < JOBS; i++) {
      Job job = jobService.create(CALLER, new NewJob("job " + i, null, null));
      jobs.add(job.id());
    }
    SideBySide.run(
        task -> new Thread(task, "client").start(),
        CLIENTS,
        client -> {
          new Client(client, jobs).work(120);
          return client;
        });

    List<EndedRun> ended = ended();
    assertThat(ended).hasSizeGreaterThan(200);
    assertAgreement(jobs, ended);
    afterwards(() -> assertAgreement(jobs, ended));
  }

  /**
   * What a store can do with its statistics besides.
   *
   * @param agreement verifies that they are as they were
   */
  protected void afterwards(Runnable agreement) {
    agreement.run();
  }

  private List<EndedRun> ended() {
    List<EndedRun> ended = new ArrayList<>();
    Position after = null;
    do {
      Page<JobRun> page =
          runs()
              .list(CALLER, new RunSearch(RunQuery.ALL, null), new PageRequest(500, after), false)
              .page();
      page.items().stream()
          .filter(run -> run.status().isEnd())
          .map(StatisticsAgreeWithRunsContract::ended)
          .forEach(ended::add);
      after = page.next();
    } while (after != null);
    return ended;
  }

  private static EndedRun ended(JobRun run) {
    return new EndedRun(
        run.projectId(),
        run.jobId(),
        RunOutcome.valueOf(run.status().name()),
        Optional.ofNullable(run.times().finishedAt()).orElseThrow(),
        run.brief().durationMs(),
        run.pace().queueMs());
  }

  private void assertAgreement(List<Long> jobs, List<EndedRun> ended) {
    Instant first = ended.stream().map(EndedRun::finishedAt).min(Instant::compareTo).orElseThrow();
    Instant last = ended.stream().map(EndedRun::finishedAt).max(Instant::compareTo).orElseThrow();
    for (Interval interval : Interval.values()) {
      for (ZoneId zone : List.of(UTC, ZoneId.of("Asia/Kathmandu"))) {
        var query = new StatsQuery(first, last.plusMillis(1), interval, zone);
        var service = new StatsService(tested().statistics(), tested().transactions(), clock);
        Series project = service.ofProject(CALLER, query);
        assertSame(project, recount(query, ended));
        assertQuantiles(StatsView.of(project).total().duration(), ended);
        for (long job : jobs) {
          assertSame(service.ofJob(job, query), recount(query, ofJob(job, ended)));
        }
        Caller ofTwo = SampleCallers.ofJobs(Role.VIEWER, jobs.get(0), jobs.get(2));
        List<EndedRun> both = new ArrayList<>(ofJob(jobs.get(0), ended));
        both.addAll(ofJob(jobs.get(2), ended));
        assertSame(service.ofProject(ofTwo, query), recount(query, both));
      }
    }
    Map<Long, Usual> usual = new HashMap<>();
    for (long job : jobs) {
      var recent = new RecentDurations();
      ofJob(job, ended).forEach(recent::add);
      usual.put(job, recent.usual());
    }
    assertThat(tested().transactions().read(() -> tested().statistics().usual(jobs)))
        .isEqualTo(usual);
  }

  private static List<EndedRun> ofJob(long job, List<EndedRun> ended) {
    return ended.stream().filter(run -> run.jobId() == job).toList();
  }

  private static Series recount(StatsQuery query, List<EndedRun> ended) {
    Series series =
        Series.covering(
            Optional.ofNullable(query.from()).orElseThrow(),
            Optional.ofNullable(query.to()).orElseThrow(),
            query.interval(),
            query.zone());
    for (EndedRun run : ended) {
      Optional.ofNullable(series.of(Series.quarterOf(run.finishedAt()))).orElseThrow().add(run);
    }
    return series;
  }

  private static void assertSame(Series actual, Series expected) {
    assertThat(StatsView.of(actual)).isEqualTo(StatsView.of(expected));
  }

  private static void assertQuantiles(StatsView.Times told, List<EndedRun> ended) {
    long[] exact =
        ended.stream()
            .flatMap(run -> Optional.ofNullable(run.durationMs()).stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    assertThat(told.count()).isEqualTo(exact.length);
    assertThat(told.minMs()).isEqualTo(exact[0]);
    assertThat(told.maxMs()).isEqualTo(exact[exact.length - 1]);
    assertThat(told.avgMs())
        .isEqualTo(Math.round((double) Arrays.stream(exact).sum() / exact.length));
    assertQuantile(told.p50Ms(), exact, 0.5);
    assertQuantile(told.p95Ms(), exact, 0.95);
    assertQuantile(told.p99Ms(), exact, 0.99);
  }

  private static void assertQuantile(@Nullable Long told, long[] exact, double quantile) {
    long there = exact[(int) (quantile * (exact.length - 1))];
    assertThat(told)
        .isNotNull()
        .extracting(Long::doubleValue)
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isCloseTo((double) there, Offset.offset(there * Distribution.RELATIVE_ACCURACY + 0.5));
  }
}
