package io.chronotrack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.change.Change;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.config.AppConfig;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobPatch;
import io.chronotrack.job.JobService;
import io.chronotrack.job.NewJob;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.run.store.InMemoryJobRunRepository;
import io.chronotrack.stats.store.InMemoryStatisticsRepository;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchServiceTest {

  private static final Caller CALLER = SampleCallers.with(Role.REPORTER);
  private static final Caller OPERATOR = SampleCallers.with(Role.OPERATOR);
  private static final PageRequest ALL = PageRequest.first(500);

  private final TestClock clock = new TestClock(SampleRuns.CREATED);
  private final InMemoryJobRepository jobRepository = new InMemoryJobRepository();
  private final InMemoryJobRunRepository runRepository =
      new InMemoryJobRunRepository(jobRepository);
  private final InMemoryStatisticsRepository statistics = new InMemoryStatisticsRepository();
  private final MemoryTransactions transactions = new MemoryTransactions();
  private final AppConfig config =
      AppConfig.from(key -> Optional.ofNullable(Map.of("MAX_METADATA_BYTES", "64").get(key)));
  private final JobService jobs =
      new JobService(
          jobRepository, new AuditLog(new InMemoryAuditRepository()), transactions, clock);
  private final RunService runs =
      new RunService(
          runRepository, jobRepository, statistics, transactions, clock, new RunSignal(), config);
  private final BatchService batches =
      new BatchService(
          runRepository, jobRepository, statistics, transactions, clock, new RunSignal(), config);

  private final Job job = job(OPERATOR);

  private Job job(Caller caller) {
    return jobs.create(caller, new NewJob("nightly", null, null));
  }

  private JobRun run(RunStatus status) {
    return runs.create(CALLER, job.id(), SampleRuns.wanted(status)).run();
  }

  private List<BatchResult> apply(BatchOperation... operations) {
    return batches.apply(CALLER, List.of(operations), false);
  }

  private BatchOperation create(String externalId) {
    return create(SampleRuns.announced(externalId));
  }

  private BatchOperation create(NewRun wanted) {
    return new BatchOperation.Create("/here/run", job.id(), wanted);
  }

  private static BatchOperation update(long runId, RunPatch patch) {
    return new BatchOperation.Update("/here/patch", runId, patch);
  }

  private BatchOperation update(String externalId, RunPatch patch) {
    return new BatchOperation.UpdateByExternalId(
        "/here/patch", new ExternalId(job.id(), externalId), patch);
  }

  private static JobRun done(BatchResult result) {
    assertThat(result).isInstanceOf(BatchResult.Done.class);
    return ((BatchResult.Done) result).run();
  }

  private static DomainException refusal(BatchResult result) {
    assertThat(result).isInstanceOf(BatchResult.Refused.class);
    return ((BatchResult.Refused) result).reason();
  }

  private List<JobRun> all() {
    return runs.list(CALLER, new RunSearch(RunQuery.ALL, null), ALL, false).page().items();
  }

  private List<RunEvent> events(JobRun run) {
    return runs.events(CALLER, run.id(), ALL).items();
  }

  @Test
  void operationsAreAnsweredInTheirOrder() {
    JobRun running = run(RunStatus.RUNNING);

    List<BatchResult> results =
        apply(
            create("a"),
            update(running.id(), SampleRuns.to(RunStatus.SUCCESS)),
            create(SampleRuns.wanted(RunStatus.FAILED)));

    JobRun a = done(results.get(0));
    JobRun success = done(results.get(1));
    JobRun failed = done(results.get(2));
    assertThat(results)
        .containsExactly(
            new BatchResult.Done(a, true),
            new BatchResult.Done(success, false),
            new BatchResult.Done(failed, true));
    assertThat(a.externalId()).isEqualTo("a");
    assertThat(success.id()).isEqualTo(running.id());
    assertThat(success.version()).isEqualTo(2);
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(all()).containsExactly(failed, a, success);
  }

  @Test
  void aRunThatIsCreatedAndChangedByOneBatchHasAllItsEvents() {
    List<BatchResult> results =
        apply(
            create("a"),
            update("a", SampleRuns.to(RunStatus.RUNNING)),
            update("a", SampleRuns.to(RunStatus.RUNNING)),
            update("a", SampleRuns.to(RunStatus.FAILED)));

    assertThat(results)
        .extracting(result -> done(result).version())
        .containsExactly(1L, 2L, 2L, 3L);
    JobRun failed = done(results.get(3));
    assertThat(all()).containsExactly(failed);
    assertThat(events(failed))
        .containsExactly(
            RunEvent.created(done(results.get(0))),
            RunEvent.between(done(results.get(0)), done(results.get(1))),
            RunEvent.between(done(results.get(1)), failed));
  }

  @Test
  void anExternalIdThatIsThereAlreadyGivesTheRunAsItIsByThen() {
    JobRun before = runs.create(CALLER, job.id(), SampleRuns.announced("old")).run();

    List<BatchResult> results =
        apply(
            create("old"),
            create("new"),
            update("new", SampleRuns.to(RunStatus.RUNNING)),
            create("new"));

    assertThat(results.get(0)).isEqualTo(new BatchResult.Done(before, false));
    assertThat(results.get(3)).isEqualTo(new BatchResult.Done(done(results.get(2)), false));
    assertThat(all()).containsExactly(done(results.get(2)), before);
    assertThat(events(before)).hasSize(1);
  }

  @Test
  void aRunIsTheSameByItsIdAndByItsExternalId() {
    JobRun run = runs.create(CALLER, job.id(), SampleRuns.announced("a")).run();

    List<BatchResult> results =
        apply(
            update("a", SampleRuns.to(RunStatus.RUNNING)),
            update(run.id(), SampleRuns.to(RunStatus.SUCCESS)),
            update("a", SampleRuns.message("well")));

    JobRun last = done(results.get(2));
    assertThat(last.version()).isEqualTo(4);
    assertThat(all()).containsExactly(last);
    assertThat(events(run)).hasSize(4);
  }

  @Test
  void whatIsRefusedLeavesTheOthersAsTheyWouldBeWithoutIt() {
    JobRun pending = run(RunStatus.PENDING);
    var invalid = new ValidationFailed(Violation.ofMember("op", "is required"));

    List<BatchResult> results =
        apply(
            create("a"),
            update(pending.id(), SampleRuns.to(RunStatus.SUCCESS)),
            new BatchOperation.Create("/here/run", 99, SampleRuns.announced("x")),
            update(99, SampleRuns.to(RunStatus.RUNNING)),
            update("b", SampleRuns.to(RunStatus.RUNNING)),
            create("b"),
            new BatchOperation.Invalid(invalid),
            update(pending.id(), SampleRuns.to(RunStatus.RUNNING)));

    assertThat(refusal(results.get(1))).isInstanceOf(IllegalTransition.class);
    assertThat(refusal(results.get(2))).hasMessage("There is no job 99.");
    assertThat(refusal(results.get(3))).hasMessage("There is no run 99.");
    assertThat(refusal(results.get(4)))
        .hasMessage("There is no run 'b' of job " + job.id() + ".")
        .extracting(DomainException::code)
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(results.get(6))).isEqualTo(invalid);
    assertThat(all())
        .containsExactly(done(results.get(5)), done(results.get(0)), done(results.get(7)));
    assertThat(events(pending)).hasSize(2);
  }

  @Test
  void whatIsWrongInARunIsToldWhereItStands() {
    JobRun run = run(RunStatus.RUNNING);

    List<BatchResult> results =
        apply(
            create(new NewRun(null, RunStatus.SUCCESS, null, null, null, null, null)),
            update(run.id(), SampleRuns.metadata("{\"a\":\"" + "x".repeat(70) + "\"}")));

    assertThat(refusal(results.get(0)).detail())
        .startsWith("/here/run/startedAt is required")
        .contains("/here/run/finishedAt is required");
    assertThat(refusal(results.get(1)).detail())
        .startsWith("/here/patch/metadata must not have more than 64 bytes");
    assertThat(events(run)).hasSize(1);
  }

  @Test
  void anAtomicBatchWithARefusalChangesNothingAndTellsOfEachOperation() {
    JobRun running = run(RunStatus.RUNNING);
    List<BatchOperation> operations =
        List.of(
            create("a"),
            update(running.id(), SampleRuns.to(RunStatus.PENDING)),
            update("a", SampleRuns.to(RunStatus.RUNNING)));

    assertThatExceptionOfType(BatchRefused.class)
        .isThrownBy(() -> batches.apply(CALLER, operations, true))
        .withMessage("1 of the 3 operations was refused. Nothing was changed.")
        .satisfies(
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.BATCH_REFUSED);
              assertThat((List<?>) refused.members().get("results"))
                  .extracting(reason -> ((DomainException) reason).code())
                  .containsExactly(
                      ErrorCode.NOT_APPLIED, ErrorCode.ILLEGAL_TRANSITION, ErrorCode.NOT_APPLIED);
            });
    assertThat(all()).containsExactly(running);
  }

  @Test
  void anAtomicBatchWithoutARefusalIsLikeAnyOther() {
    List<BatchResult> results =
        batches.apply(
            CALLER, List.of(create("a"), update("a", SampleRuns.to(RunStatus.RUNNING))), true);

    assertThat(all()).containsExactly(done(results.get(1)));
  }

  @Test
  void anArchivedJobOrProjectTakesNoNewRunsInABatchEither() {
    runs.create(CALLER, job.id(), SampleRuns.announced("old"));
    jobs.patch(
        OPERATOR,
        job.id(),
        new JobPatch(Change.none(), Change.none(), Change.none(), Change.to(true)),
        ExpectedVersion.ANY);

    List<BatchResult> results =
        apply(create("new"), create("old"), update("old", SampleRuns.to(RunStatus.RUNNING)));

    assertThat(refusal(results.get(0)).code()).isEqualTo(ErrorCode.JOB_ARCHIVED);
    assertThat(done(results.get(1)).status()).isEqualTo(RunStatus.PENDING);
    assertThat(done(results.get(2)).status()).isEqualTo(RunStatus.RUNNING);
    Caller archived = SampleCallers.inArchivedProject(Role.REPORTER);
    assertThat(refusal(batches.apply(archived, List.of(create("new")), false).get(0)).code())
        .isEqualTo(ErrorCode.PROJECT_ARCHIVED);
  }

  @Test
  void whatTheCallerDoesNotSeeIsNotThere() {
    JobRun run = runs.create(CALLER, job.id(), SampleRuns.announced("a")).run();
    for (Caller caller :
        List.of(
            SampleCallers.inOtherProject(Role.SYSTEM), SampleCallers.ofJobs(Role.SYSTEM, 99L))) {
      List<BatchResult> results =
          batches.apply(
              caller,
              List.of(
                  create("a"),
                  update("a", SampleRuns.to(RunStatus.RUNNING)),
                  update(run.id(), SampleRuns.to(RunStatus.RUNNING))),
              false);

      assertThat(results)
          .extracting(result -> refusal(result).code())
          .containsOnly(ErrorCode.NOT_FOUND);
    }
    assertThat(all()).containsExactly(run);
  }

  @Test
  void theTimeOfABatchIsTheSameForAllOfIt() {
    clock.move(Duration.ofSeconds(5));
    List<BatchResult> results =
        apply(create("a"), create("b"), update("a", SampleRuns.to(RunStatus.RUNNING)));

    assertThat(results)
        .extracting(result -> done(result).updatedAt())
        .containsOnly(clock.instant());
  }
}
