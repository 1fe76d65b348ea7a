package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.NewJob;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleHistory;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.query.RunAccess;
import io.chronotrack.run.query.RunCondition;
import io.chronotrack.run.query.RunCondition.Comparison;
import io.chronotrack.run.query.RunFilters;
import io.chronotrack.run.query.RunMeasure;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSort;
import io.chronotrack.storage.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link JobRunRepository} promises of its lists, tried with random runs and random
 * queries: the pages together have exactly the runs that {@link RunQuery#takes}, in their order.
 *
 * <p>The repository must be empty at first. The runs are more than one request looks at, so that
 * pages end early.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RunHistoryContract {

  private static final Scope SCOPE = SampleCallers.DEFAULT;
  private static final int RUNS = RunAccess.MOST_EXAMINED + 500;

  private List<Job> jobs = List.of();
  private List<JobRun> runs = List.of();

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

  @BeforeEach
  void fillOnce() {
    if (!jobs.isEmpty()) {
      return;
    }
    jobs = transactions().write(() -> addJobs(SCOPE));
    runs = transactions().write(() -> addRuns(jobs, RUNS));
    Scope other = otherProject();
    List<Job> ofOther = transactions().write(() -> addJobs(other));
    transactions().write(() -> addRuns(ofOther, 100));
  }

  private List<Job> addJobs(Scope scope) {
    List<Job> added = new ArrayList<>();
    for (String type : new String[] {"etl", "report", null, "etl", null}) {
      var job =
          Job.create(
              jobs().nextId(),
              scope.projectId(),
              new NewJob("job", null, type),
              SampleRuns.CREATED);
      jobs().insert(job);
      added.add(job);
    }
    return added;
  }

  private List<JobRun> addRuns(List<Job> ofJobs, int count) {
    var random = new Random(6);
    List<RecordedRun> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // The first job is a busy one.
      Job job = ofJobs.get(random.nextBoolean() ? 0 : random.nextInt(ofJobs.size()));
      JobRun run = SampleHistory.run(repository().nextId(), job, i, random);
      added.add(new RecordedRun(run, List.of(RunEvent.created(run))));
    }
    repository().insertAll(added);
    return added.stream().map(RecordedRun::run).toList();
  }

  private Page<JobRun> list(Scope scope, RunQuery query, PageRequest request) {
    return transactions().read(() -> repository().list(scope, query, request));
  }

  private List<JobRun> expected(Scope scope, RunQuery query) {
    return runs.stream()
        .filter(run -> scope.shows(run.projectId(), run.jobId()))
        .filter(run -> query.takes(run, typeOf(run)))
        .sorted(Comparator.comparing(query.sort()::positionOf, query.sort().comparator()))
        .toList();
  }

  private @Nullable String typeOf(JobRun run) {
    return jobs.stream().filter(job -> job.id() == run.jobId()).findFirst().orElseThrow().type();
  }

  /** Reads all pages forward, and all but the last once more backward. */
  private void verify(Scope scope, RunQuery query, int limit) {
    List<JobRun> expected = expected(scope, query);
    List<JobRun> forward = new ArrayList<>();
    Page<JobRun> page = list(scope, query, PageRequest.first(limit));
    assertThat(page.previous()).isNull();
    forward.addAll(page.items());
    while (page.next() != null) {
      page = list(scope, query, new PageRequest(limit, page.next()));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      forward.addAll(page.items());
    }
    assertThat(forward).as("%s", query).containsExactlyElementsOf(expected);
    List<JobRun> backward = new ArrayList<>();
    int last = page.items().size();
    Position before = page.previous();
    while (before != null) {
      page = list(scope, query, new PageRequest(limit, before, true));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      backward.addAll(0, page.items());
      before = page.previous();
    }
    assertThat(backward)
        .as("%s backward", query)
        .containsExactlyElementsOf(expected.subList(0, expected.size() - last));
    verifyCount(scope, query, expected.size());
  }

  private void verifyCount(Scope scope, RunQuery query, int expected) {
    BoundedCount count = transactions().read(() -> repository().count(scope, query));
    if (count.exact()) {
      assertThat(count.value()).as("%s", query).isEqualTo(expected);
    } else {
      assertThat(count.value()).as("%s", query).isBetween(0L, (long) Math.min(expected, 1_000));
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 120);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void thePagesOfAQueryHaveExactlyTheRunsThatFit(int seed) {
    var random = new Random(seed);
    RunQuery query = randomQuery(random);
    Scope scope =
        random.nextInt(4) == 0
            ? new Scope(SCOPE.projectId(), Set.of(jobs.get(1).id(), jobs.get(2).id()))
            : SCOPE;
    int limit = 1 + random.nextInt(random.nextBoolean() ? 20 : 400);
    boolean isRefused = false;
    try {
      RunAccess.of(scope, query);
    } catch (ValidationFailed refusal) {
      isRefused = true;
    }
    if (isRefused) {
      assertThatExceptionOfType(ValidationFailed.class)
          .isThrownBy(() -> list(scope, query, PageRequest.first(limit)));
    } else {
      verify(scope, query, limit);
    }
  }

  private RunQuery randomQuery(Random random) {
    List<RunCondition> conditions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      conditions.add(randomCondition(random, 2));
    }
    if (random.nextBoolean()) {
      conditions.add(new RunCondition.JobIn(randomJobs(random)));
    }
    RunMeasure measure =
        List.of(RunMeasure.values()).get(random.nextInt(RunMeasure.values().length));
    if (random.nextBoolean()) {
      conditions.add(randomRange(random, measure));
    }
    return new RunQuery(RunCondition.all(conditions), new RunSort(measure, random.nextBoolean()));
  }

  private Set<Long> randomJobs(Random random) {
    return random.nextBoolean()
        ? Set.of(jobs.get(0).id())
        : Set.of(jobs.get(1).id(), jobs.get(2 + random.nextInt(3)).id(), Long.MAX_VALUE);
  }

  private RunCondition randomRange(Random random, RunMeasure measure) {
    Comparison comparison =
        List.of(Comparison.values()).get(random.nextInt(Comparison.values().length));
    JobRun some = runs.get(random.nextInt(runs.size()));
    Long value = measure.of(some);
    return new RunCondition.Measure(measure, comparison, value == null ? 1_000 : value);
  }

  private RunCondition randomCondition(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 9 : 12)) {
      case 0 ->
          new RunCondition.StatusIn(
              Set.of(List.of(RunStatus.values()).get(random.nextInt(RunStatus.values().length))));
      case 1 -> new RunCondition.StatusIn(Set.of(RunStatus.FAILED, RunStatus.CANCELLED));
      case 2 -> new RunCondition.JobTypeIn(Set.of("etl", "none"));
      case 3 -> new RunCondition.ExternalIdIs("night-" + random.nextInt(40));
      case 4 ->
          randomRange(
              random, List.of(RunMeasure.values()).get(random.nextInt(RunMeasure.values().length)));
      case 5 -> new RunCondition.MessageHas(random.nextBoolean() ? "TIME" : "100%_");
      case 6 -> new RunCondition.MetadataIs(List.of("env"), random.nextBoolean() ? "prod" : "7");
      case 7 ->
          new RunCondition.Has(
              List.of(RunCondition.Part.values())
                  .get(random.nextInt(RunCondition.Part.values().length)));
      case 8 -> new RunCondition.SlowerThanUsual(random.nextBoolean());
      case 9 -> RunCondition.not(randomCondition(random, depth - 1));
      case 10 ->
          RunCondition.any(
              List.of(
                  randomCondition(random, depth - 1),
                  randomCondition(random, depth - 1),
                  randomCondition(random, 0)));
      default ->
          RunCondition.all(
              List.of(randomCondition(random, depth - 1), randomCondition(random, depth - 1)));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata.env = \"prod\"",
        "NOT metadata.env = \"prod\"",
        "metadata.rows = 12 OR metadata.rows = 1.50 OR metadata.rows = 1E+3",
        "metadata.flag = true",
        "metadata.flag = false OR metadata.flag != \"true\"",
        "metadata.a.b = \"c d\"",
        "metadata.a:*",
        "metadata.none:*",
        "metadata.a = \"{}\"",
        "metadata.\"ä 'x%\" = '%'",
        "metadata.\"$.env\" = prod",
        "metadata.\"[0]\" = prod",
        "errorMessage:timeout AND -errorMessage:\"100%_\"",
        "errorMessage:Ä",
        "errorMessage:\"it's\"",
        "errorMessage:\"'); DROP TABLE job_runs; --\"",
        "job.type = etl OR NOT job.type:*",
        "externalId:* (status = FAILED OR durationMs > 1000)",
        "startedAt >= 2026-01-31T09:30:00Z AND startedAt < 2026-01-31T11:30:01+01:00",
        "slowerThanUsual = true",
        "slowerThanUsual = true AND (status = FAILED OR errorMessage:timeout)",
        "slowerThanUsual != true AND externalId:*",
        "durationMs = 0 OR durationMs != 1000",
        "finishedAt:* AND NOT (status = SUCCESS OR status = FAILED)"
      })
  void aFilterExpressionMeansTheSameInEveryStore(String expression) {
    RunCondition condition = RunFilters.parse(expression);
    for (String sort : RunSort.NAMES) {
      var narrowed =
          RunCondition.all(List.of(condition, new RunCondition.JobIn(Set.of(jobs.get(0).id()))));
      verify(SCOPE, new RunQuery(narrowed, RunSort.named(sort).orElseThrow()), 100);
    }
  }

  @Test
  void pagesStayInPlaceWhileRunsAreAddedAtBothEnds() {
    // Not where the other tests look.
    Scope other = otherProject();
    Job job = transactions().write(() -> addJobs(other)).get(0);
    List<JobRun> before = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      before.add(0, add(job, SampleRuns.CREATED.plusMillis(i / 4)));
    }
    RunQuery query = RunQuery.of(job.id(), Set.of());
    List<JobRun> seen = new ArrayList<>();
    Page<JobRun> page = list(other, query, PageRequest.first(4));
    seen.addAll(page.items());
    while (seen.size() < before.size()) {
      page = list(other, query, new PageRequest(4, page.next()));
      seen.addAll(page.items());
      add(job, SampleRuns.CREATED.plusSeconds(1));
      add(job, SampleRuns.CREATED.minusSeconds(seen.size()));
    }
    assertThat(seen.subList(0, before.size())).containsExactlyElementsOf(before);
    Page<JobRun> back = list(other, query, new PageRequest(4, page.previous(), true));
    assertThat(before).containsSubsequence(back.items());
    assertThat(back.next()).isNotNull();
  }

  private JobRun add(Job job, Instant createdAt) {
    return transactions()
        .write(
            () -> {
              JobRun run =
                  JobRun.create(
                      repository().nextId(), job, SampleRuns.wanted(RunStatus.PENDING), createdAt);
              repository().insert(run, RunEvent.created(run));
              return run;
            });
  }
}
