package io.chronotrack.run;

import static io.chronotrack.run.SampleRuns.CREATED;
import static io.chronotrack.run.SampleRuns.FINISHED;
import static io.chronotrack.run.SampleRuns.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.change.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunEventTest {

  private static final Instant NOW = FINISHED.plusSeconds(60);

  @Test
  void aCreationHasNoStatusBeforeAndNamesNoMembers() {
    assertThat(RunEvent.created(SampleRuns.in(RunStatus.PENDING)))
        .isEqualTo(
            new RunEvent(
                7, 1, RunEvent.Type.CREATED, null, RunStatus.PENDING, List.of(), CREATED, CREATED));
  }

  @Test
  void aCreationHappenedWhenItsClientSaysAndIsRecordedByTheServersClock() {
    RunEvent running = RunEvent.created(SampleRuns.in(RunStatus.RUNNING));
    assertThat(running.occurredAt()).isEqualTo(STARTED);
    assertThat(running.recordedAt()).isEqualTo(CREATED);
    assertThat(RunEvent.created(SampleRuns.in(RunStatus.FAILED)).occurredAt()).isEqualTo(FINISHED);
  }

  @Test
  void aTransitionTellsFromAndToAndWhatChanged() {
    JobRun before = SampleRuns.in(RunStatus.RUNNING);
    JobRun after =
        before.apply(
            new RunPatch(
                Change.to(RunStatus.FAILED),
                Change.none(),
                Change.to(FINISHED),
                Change.to("boom"),
                Change.to(new Metadata("{\"exit\":1}"))),
            NOW);
    assertThat(RunEvent.between(before, after))
        .isEqualTo(
            new RunEvent(
                7,
                2,
                RunEvent.Type.STATUS_CHANGED,
                RunStatus.RUNNING,
                RunStatus.FAILED,
                List.of("status", "finishedAt", "errorMessage", "metadata"),
                FINISHED,
                NOW));
  }

  @Test
  void aStartHappenedAtTheStart() {
    JobRun before = SampleRuns.in(RunStatus.PENDING);
    RunEvent event = RunEvent.between(before, before.apply(start(), NOW));
    assertThat(event.occurredAt()).isEqualTo(STARTED);
    assertThat(event.changed()).containsExactly("status", "startedAt");
  }

  private static RunPatch start() {
    return SampleRuns.to(RunStatus.RUNNING, Change.to(STARTED), Change.none());
  }

  @Test
  void anAmendmentHappensWhenItIsRecorded() {
    JobRun before = SampleRuns.in(RunStatus.SUCCESS);
    JobRun after = before.apply(SampleRuns.message("late words"), NOW);
    assertThat(RunEvent.between(before, after))
        .isEqualTo(
            new RunEvent(
                7,
                2,
                RunEvent.Type.AMENDED,
                RunStatus.SUCCESS,
                RunStatus.SUCCESS,
                List.of("errorMessage"),
                NOW,
                NOW));
  }

  @Test
  void theNamesOfAnEventCannotBeChangedAfterwards() {
    var names = new ArrayList<>(List.of("status"));
    var event =
        new RunEvent(
            1, 2, RunEvent.Type.AMENDED, RunStatus.FAILED, RunStatus.FAILED, names, NOW, NOW);
    names.clear();
    assertThat(event.changed()).containsExactly("status");
  }
}
