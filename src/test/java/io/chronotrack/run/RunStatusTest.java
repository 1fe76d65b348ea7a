package io.chronotrack.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStatusTest {

  @Test
  void aPendingRunMayStartOrBeCancelled() {
    assertThat(RunStatus.PENDING.next()).containsExactly(RunStatus.RUNNING, RunStatus.CANCELLED);
  }

  @Test
  void aRunningRunMayEndInAnyWay() {
    assertThat(RunStatus.RUNNING.next())
        .containsExactly(RunStatus.SUCCESS, RunStatus.FAILED, RunStatus.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCESS", "FAILED", "CANCELLED"})
  void nothingFollowsAnEnd(RunStatus end) {
    assertThat(end.next()).isEmpty();
    assertThat(end.isEnd()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "RUNNING"})
  void whatCanGoOnHasNotEnded(RunStatus status) {
    assertThat(status.isEnd()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void noStatusFollowsItself(RunStatus status) {
    assertThat(status.next()).doesNotContain(status);
  }

  @ParameterizedTest
  @EnumSource
  void whatACallerDoesWithTheAnswerChangesNothing(RunStatus status) {
    Set<RunStatus> before = EnumSet.noneOf(RunStatus.class);
    before.addAll(status.next());
    status.next().clear();
    assertThat(status.next()).isEqualTo(before);
  }
}
