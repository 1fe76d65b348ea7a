package io.chronotrack.run;

import static io.chronotrack.run.RunStatus.CANCELLED;
import static io.chronotrack.run.RunStatus.FAILED;
import static io.chronotrack.run.RunStatus.PENDING;
import static io.chronotrack.run.RunStatus.RUNNING;
import static io.chronotrack.run.RunStatus.SUCCESS;
import static io.chronotrack.run.SampleRuns.CREATED;
import static io.chronotrack.run.SampleRuns.FINISHED;
import static io.chronotrack.run.SampleRuns.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chronotrack.change.Change;
import io.chronotrack.job.Job;
import io.chronotrack.job.NewJob;
import io.chronotrack.problem.ErrorCode;
import io.chronotrack.problem.ValidationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobRunTest {

  private static final Instant NOW = FINISHED.plusSeconds(60);

  /** Written out once more, so that a change of the table in the code is noticed here. */
  private static final Map<RunStatus, Set<RunStatus>> LEGAL =
      Map.of(
          PENDING, Set.of(RUNNING, CANCELLED),
          RUNNING, Set.of(SUCCESS, FAILED, CANCELLED),
          SUCCESS, Set.of(),
          FAILED, Set.of(),
          CANCELLED, Set.of());

  static Stream<Arguments> everyFromAndTo() {
    return Arrays.stream(RunStatus.values())
        .flatMap(from -> Arrays.stream(RunStatus.values()).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("everyFromAndTo")
  void theFromToMatrixHoldsForPatches(RunStatus from, RunStatus to) {
    JobRun run = SampleRuns.in(from);
    RunPatch patch = SampleRuns.to(to);
    if (from == to) {
      assertThat(run.apply(patch, NOW)).isSameAs(run);
    } else if (LEGAL.getOrDefault(from, Set.of()).contains(to)) {
      JobRun moved = run.apply(patch, NOW);
      assertThat(moved.status()).isEqualTo(to);
      assertThat(moved.version()).isEqualTo(2);
      assertThat(moved.updatedAt()).isEqualTo(NOW);
      assertThat(moved.createdAt()).isEqualTo(CREATED);
      assertThat(moved.times()).isEqualTo(timesAfter(from, to));
    } else {
      assertRefused(from, to, () -> run.apply(patch, NOW));
    }
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("everyFromAndTo")
  void theFromToMatrixHoldsForTheVerbs(RunStatus from, RunStatus to) {
    if (to == PENDING) {
      return; // There is no verb that leads back.
    }
    JobRun run = SampleRuns.in(from);
    if (LEGAL.getOrDefault(from, Set.of()).contains(to)) {
      JobRun moved = verb(run, to);
      assertThat(moved.status()).isEqualTo(to);
      assertThat(moved.times()).isEqualTo(timesAfter(from, to));
    } else {
      assertRefused(from, to, () -> verb(run, to));
    }
  }

  private static JobRun verb(JobRun run, RunStatus to) {
    return switch (to) {
      case PENDING -> throw new IllegalArgumentException("no verb");
      case RUNNING -> run.start(null, NOW);
      case SUCCESS -> run.succeed(null, NOW);
      case FAILED -> run.fail(null, NOW);
      case CANCELLED -> run.cancel(null, NOW);
    };
  }

  private static RunTimes timesAfter(RunStatus from, RunStatus to) {
    return to == RUNNING
        ? new RunTimes(NOW, null)
        : new RunTimes(from == PENDING ? null : STARTED, NOW);
  }

  private static void assertRefused(RunStatus from, RunStatus to, ThrowingCallable change) {
    var refusal = catchThrowableOfType(IllegalTransition.class, change);
    assertThat(refusal.code()).isEqualTo(ErrorCode.ILLEGAL_TRANSITION);
    assertThat(refusal.detail()).contains("Run 7", from.name(), to.name());
    assertThat(refusal.members())
        .containsExactly(
            Map.entry("currentStatus", from.name()),
            Map.entry("requestedStatus", to.name()),
            Map.entry("allowed", from.next().stream().map(Enum::name).toList()));
  }

  @Test
  void aNewRunIsVersionOneAndKeepsWhatItsClientSaid() {
    var metadata = new Metadata("{\"a\":1}");
    JobRun run =
        JobRun.create(
            7,
            SampleRuns.job(),
            new NewRun("night-1", FAILED, STARTED, FINISHED, "boom", metadata, "00-ab-cd-01"),
            CREATED);
    assertThat(run)
        .isEqualTo(
            new JobRun(
                7,
                1,
                3,
                "night-1",
                FAILED,
                new RunTimes(STARTED, FINISHED),
                RunPace.UNKNOWN,
                "boom",
                metadata,
                "00-ab-cd-01",
                CREATED,
                CREATED,
                1));
  }

  @Test
  void aRunIsInTheProjectOfItsJobForEver() {
    Job job = Job.create(3, 2, new NewJob("nightly", null, null), CREATED);
    JobRun run = JobRun.create(7, job, SampleRuns.wanted(RUNNING), CREATED);
    assertThat(run.projectId()).isEqualTo(2);
    assertThat(run.apply(SampleRuns.to(SUCCESS), NOW).projectId()).isEqualTo(2);
  }

  @Test
  void theClientsTimesAreTakenInPlaceOfTheClocks() {
    Instant start = CREATED.minusSeconds(30);
    Instant end = CREATED.minusSeconds(10);
    JobRun done =
        SampleRuns.in(PENDING)
            .apply(SampleRuns.to(RUNNING, Change.to(start), Change.none()), NOW)
            .apply(SampleRuns.to(SUCCESS, Change.none(), Change.to(end)), NOW);
    assertThat(done.times()).isEqualTo(new RunTimes(start, end));
    assertThat(done.times().duration()).isEqualTo(Duration.ofSeconds(20));
    assertThat(done.version()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCESS", "FAILED", "CANCELLED"})
  void anEndMayRepeatTheStartThatIsKnown(RunStatus end) {
    var patch = SampleRuns.to(end, Change.to(STARTED), Change.to(FINISHED));
    assertThat(SampleRuns.in(RUNNING).apply(patch, NOW).times())
        .isEqualTo(new RunTimes(STARTED, FINISHED));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCESS", "FAILED", "CANCELLED"})
  void anEndCannotMoveTheStart(RunStatus end) {
    var patch = SampleRuns.to(end, Change.to(STARTED.plusMillis(1)), Change.none());
    assertInvalid("/startedAt", () -> SampleRuns.in(RUNNING).apply(patch, NOW));
  }

  @Test
  void aStartCannotSetTheEnd() {
    var patch = SampleRuns.to(RUNNING, Change.none(), Change.to(FINISHED));
    assertInvalid("/finishedAt", () -> SampleRuns.in(PENDING).apply(patch, NOW));
  }

  @Test
  void aRunThatNeverStartedIsCancelledWithoutAStart() {
    JobRun cancelled = SampleRuns.in(PENDING).apply(SampleRuns.to(CANCELLED), NOW);
    assertThat(cancelled.times()).isEqualTo(new RunTimes(null, NOW));
    assertThat(cancelled.times().duration()).isNull();
    var withStart = SampleRuns.to(CANCELLED, Change.to(STARTED), Change.none());
    assertInvalid("/startedAt", () -> SampleRuns.in(PENDING).apply(withStart, NOW));
  }

  @Test
  void anEndBeforeTheStartIsRefused() {
    var patch = SampleRuns.to(SUCCESS, Change.none(), Change.to(STARTED.minusMillis(1)));
    assertInvalid("/finishedAt", () -> SampleRuns.in(RUNNING).apply(patch, NOW));
  }

  @Test
  void anEndAtTheVeryStartIsNot() {
    var patch = SampleRuns.to(SUCCESS, Change.none(), Change.to(STARTED));
    assertThat(SampleRuns.in(RUNNING).apply(patch, NOW).times().duration())
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void aTimeMayBeFiveMinutesAheadOfTheServerAndNotMore() {
    Instant latest = NOW.plus(Duration.ofMinutes(5));
    JobRun running = SampleRuns.in(PENDING).start(latest, NOW);
    assertThat(running.times().startedAt()).isEqualTo(latest);
    assertInvalid("/startedAt", () -> SampleRuns.in(PENDING).start(latest.plusMillis(1), NOW));
    assertInvalid("/finishedAt", () -> SampleRuns.in(RUNNING).fail(latest.plusMillis(1), NOW));
  }

  @Test
  void theServersOwnEndIsNeverBeforeAStartByAClockThatIsAhead() {
    Instant ahead = NOW.plusSeconds(120);
    JobRun done = SampleRuns.in(PENDING).start(ahead, NOW).succeed(null, NOW.plusSeconds(5));
    assertThat(done.times()).isEqualTo(new RunTimes(ahead, ahead));
  }

  @ParameterizedTest
  @EnumSource
  void aTransitionThatIsRepeatedWithTheSameDataChangesNothing(RunStatus status) {
    JobRun run = SampleRuns.in(status);
    var same =
        SampleRuns.to(
            status, Change.to(run.times().startedAt()), Change.to(run.times().finishedAt()));
    assertThat(run.apply(same, NOW)).isSameAs(run);
  }

  @ParameterizedTest
  @EnumSource
  void aTransitionThatIsRepeatedWithAnotherStartIsRefused(RunStatus status) {
    var other = SampleRuns.to(status, Change.to(STARTED.plusSeconds(1)), Change.none());
    assertThatExceptionOfType(IllegalTransition.class)
        .isThrownBy(() -> SampleRuns.in(status).apply(other, NOW))
        .withMessage("Run 7 is %s already, with other times.", status);
  }

  @ParameterizedTest
  @EnumSource
  void aTransitionThatIsRepeatedWithAnotherEndIsRefused(RunStatus status) {
    var other = SampleRuns.to(status, Change.none(), Change.to(FINISHED.plusSeconds(1)));
    assertThatExceptionOfType(IllegalTransition.class)
        .isThrownBy(() -> SampleRuns.in(status).apply(other, NOW));
  }

  @ParameterizedTest
  @EnumSource
  void timesAreNotChangedWithoutTheirTransition(RunStatus status) {
    JobRun run = SampleRuns.in(status);
    var other = Change.to(NOW);
    assertInvalid("/startedAt", () -> run.apply(SampleRuns.times(other, Change.none()), NOW));
    assertInvalid("/finishedAt", () -> run.apply(SampleRuns.times(Change.none(), other), NOW));
    var refusal =
        catchThrowableOfType(
            ValidationFailed.class, () -> run.apply(SampleRuns.times(other, other), NOW));
    assertThat(refusal.members().get("errors"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2);
  }

  @Test
  void timesOfAnEndedRunAreNotClearedEither() {
    JobRun run = SampleRuns.in(SUCCESS);
    assertInvalid(
        "/finishedAt", () -> run.apply(SampleRuns.times(Change.none(), Change.to(null)), NOW));
  }

  @ParameterizedTest
  @EnumSource
  void tellingTheTimesAsTheyAreChangesNothing(RunStatus status) {
    JobRun run = SampleRuns.in(status);
    var same =
        SampleRuns.times(Change.to(run.times().startedAt()), Change.to(run.times().finishedAt()));
    assertThat(run.apply(same, NOW)).isSameAs(run);
  }

  @ParameterizedTest
  @EnumSource
  void messageAndMetadataMayBeAmendedInEveryStatus(RunStatus status) {
    JobRun run = SampleRuns.in(status);
    JobRun amended =
        run.apply(SampleRuns.message("disk full"), NOW)
            .apply(SampleRuns.metadata("{\"exit\":1}"), NOW.plusSeconds(1));
    assertThat(amended.errorMessage()).isEqualTo("disk full");
    assertThat(amended.metadata()).isEqualTo(new Metadata("{\"exit\":1}"));
    assertThat(amended.status()).isEqualTo(status);
    assertThat(amended.times()).isEqualTo(run.times());
    assertThat(amended.version()).isEqualTo(3);
    assertThat(amended.updatedAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void aTransitionAndAnAmendmentAreOneChange() {
    var patch =
        new RunPatch(
            Change.to(FAILED),
            Change.none(),
            Change.none(),
            Change.to("exit 1"),
            Change.to(new Metadata("{\"exit\":1}")));
    JobRun failed = SampleRuns.in(RUNNING).apply(patch, NOW);
    assertThat(failed.status()).isEqualTo(FAILED);
    assertThat(failed.errorMessage()).isEqualTo("exit 1");
    assertThat(failed.version()).isEqualTo(2);
  }

  @Test
  void aRepeatedTransitionMayAmend() {
    var patch =
        new RunPatch(
            Change.to(FAILED), Change.none(), Change.none(), Change.to("why"), Change.none());
    JobRun run = SampleRuns.in(FAILED);
    JobRun amended = run.apply(patch, NOW);
    assertThat(amended.errorMessage()).isEqualTo("why");
    assertThat(amended.times()).isEqualTo(run.times());
  }

  @Test
  void nullClearsMessageAndMetadata() {
    JobRun run =
        SampleRuns.in(FAILED)
            .apply(SampleRuns.message("why"), NOW)
            .apply(SampleRuns.metadata("{\"a\":1}"), NOW);
    var clear =
        new RunPatch(Change.none(), Change.none(), Change.none(), Change.to(null), Change.to(null));
    JobRun cleared = run.apply(clear, NOW);
    assertThat(cleared.errorMessage()).isNull();
    assertThat(cleared.metadata()).isNull();
  }

  @Test
  void metadataIsMergedAndNotReplaced() {
    JobRun run =
        SampleRuns.in(RUNNING).apply(SampleRuns.metadata("{\"a\":1,\"b\":{\"c\":2}}"), NOW);
    JobRun merged = run.apply(SampleRuns.metadata("{\"a\":null,\"b\":{\"d\":3}}"), NOW);
    assertThat(merged.metadata()).isEqualTo(new Metadata("{\"b\":{\"c\":2,\"d\":3}}"));
  }

  @Test
  void anEmptyPatchChangesNothing() {
    JobRun run = SampleRuns.in(RUNNING);
    assertThat(run.apply(SampleRuns.times(Change.none(), Change.none()), NOW)).isSameAs(run);
  }

  private static void assertInvalid(String pointer, ThrowingCallable change) {
    var refusal = catchThrowableOfType(ValidationFailed.class, change);
    assertThat(refusal.members().toString()).contains("pointer=" + pointer + ",");
  }
}
