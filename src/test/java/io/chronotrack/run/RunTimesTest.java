package io.chronotrack.run;

import static io.chronotrack.run.SampleRuns.CREATED;
import static io.chronotrack.run.SampleRuns.FINISHED;
import static io.chronotrack.run.SampleRuns.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chronotrack.change.Change;
import io.chronotrack.problem.ValidationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunTimesTest {

  private static final Instant NOW = CREATED.plusSeconds(600);

  @Test
  void anAnnouncedRunHasNoTimes() {
    assertThat(RunTimes.ofNew(RunStatus.PENDING, null, null, NOW))
        .isEqualTo(new RunTimes(null, null));
    assertInvalid(Set.of("/startedAt", "/finishedAt"), ofNew(RunStatus.PENDING, STARTED, FINISHED));
  }

  @Test
  void aRunThatIsCreatedRunningStartsNowOrWhenItsClientSays() {
    assertThat(RunTimes.ofNew(RunStatus.RUNNING, null, null, NOW))
        .isEqualTo(new RunTimes(NOW, null));
    assertThat(RunTimes.ofNew(RunStatus.RUNNING, STARTED, null, NOW))
        .isEqualTo(new RunTimes(STARTED, null));
    assertInvalid(Set.of("/finishedAt"), ofNew(RunStatus.RUNNING, STARTED, FINISHED));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCESS", "FAILED"})
  void aRunThatIsReportedAfterTheFactNeedsBothTimes(RunStatus end) {
    assertThat(RunTimes.ofNew(end, STARTED, FINISHED, NOW))
        .isEqualTo(new RunTimes(STARTED, FINISHED));
    assertInvalid(Set.of("/startedAt", "/finishedAt"), ofNew(end, null, null));
    assertInvalid(Set.of("/startedAt"), ofNew(end, null, FINISHED));
    assertInvalid(Set.of("/finishedAt"), ofNew(end, STARTED, null));
  }

  @Test
  void whatIsReportedAsCancelledMayNeverHaveStarted() {
    assertThat(RunTimes.ofNew(RunStatus.CANCELLED, null, FINISHED, NOW))
        .isEqualTo(new RunTimes(null, FINISHED));
    assertThat(RunTimes.ofNew(RunStatus.CANCELLED, STARTED, FINISHED, NOW))
        .isEqualTo(new RunTimes(STARTED, FINISHED));
    assertInvalid(Set.of("/finishedAt"), ofNew(RunStatus.CANCELLED, STARTED, null));
  }

  @Test
  void everyBrokenRuleIsToldAtOnce() {
    Instant future = NOW.plus(Duration.ofMinutes(6));
    assertInvalid(Set.of("/startedAt", "/finishedAt"), ofNew(RunStatus.SUCCESS, future, future));
    assertInvalid(
        Set.of("/startedAt", "/finishedAt"),
        ofNew(RunStatus.FAILED, future, future.minusSeconds(600)));
  }

  @Test
  void timesOfLongAgoAreTaken() {
    Instant old = Instant.parse("0001-01-01T00:00:00Z");
    assertThat(RunTimes.ofNew(RunStatus.SUCCESS, old, NOW, NOW).duration())
        .isEqualTo(Duration.between(old, NOW));
  }

  @Test
  void theDurationNeedsBothTimes() {
    assertThat(new RunTimes(null, null).duration()).isNull();
    assertThat(new RunTimes(STARTED, null).duration()).isNull();
    assertThat(new RunTimes(null, FINISHED).duration()).isNull();
    assertThat(new RunTimes(STARTED, FINISHED).duration()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aStartThatWasAcceptedDoesNotRefuseTheEndWhenTheServersClockIsSetBack() {
    Instant setBack = STARTED.minus(Duration.ofMinutes(10));
    assertThat(new RunTimes(STARTED, null).ended(STARTED, setBack.plus(Duration.ofMinutes(6))))
        .isEqualTo(new RunTimes(STARTED, STARTED));
    assertThat(new RunTimes(STARTED, null).ended(null, setBack))
        .isEqualTo(new RunTimes(STARTED, STARTED));
  }

  @Test
  void sayingNothingAgreesWithEverything() {
    assertThat(new RunTimes(STARTED, FINISHED).agreeWith(Change.none(), Change.none())).isTrue();
    assertThat(new RunTimes(STARTED, FINISHED).agreeWith(Change.to(STARTED), Change.to(null)))
        .isFalse();
    assertThat(new RunTimes(null, null).agreeWith(Change.to(null), Change.to(null))).isTrue();
  }

  private static ThrowingCallable ofNew(
      RunStatus status, @Nullable Instant startedAt, @Nullable Instant finishedAt) {
    return () -> RunTimes.ofNew(status, startedAt, finishedAt, NOW);
  }

  private static void assertInvalid(Set<String> pointers, ThrowingCallable creation) {
    String told = catchThrowableOfType(ValidationFailed.class, creation).members().toString();
    for (String pointer : Set.of("/startedAt", "/finishedAt")) {
      assertThat(told.contains("pointer=" + pointer + ","))
          .as("whether %s names %s", told, pointer)
          .isEqualTo(pointers.contains(pointer));
    }
  }
}
