package io.chronotrack.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.change.Change;
import io.chronotrack.problem.ErrorCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobTest {

  private static final Instant CREATED = Instant.parse("2026-01-31T09:30:00Z");
  private static final Instant NOW = CREATED.plusSeconds(60);

  private final Job job = Job.create(3, 1, new NewJob("nightly", "all of it", "etl"), CREATED);

  private static JobPatch nothing() {
    return new JobPatch(Change.none(), Change.none(), Change.none(), Change.none());
  }

  private static JobPatch archived(boolean archived) {
    return new JobPatch(Change.none(), Change.none(), Change.none(), Change.to(archived));
  }

  @Test
  void aNewJobIsVersionOneAndNotArchived() {
    assertThat(job)
        .isEqualTo(new Job(3, 1, "nightly", "all of it", "etl", false, CREATED, CREATED, 1));
  }

  @Test
  void aPatchChangesWhatItNamesAndCountsTheVersion() {
    var patch =
        new JobPatch(Change.to("weekly"), Change.none(), Change.to("report"), Change.to(true));
    assertThat(job.apply(patch, NOW))
        .isEqualTo(new Job(3, 1, "weekly", "all of it", "report", true, CREATED, NOW, 2));
  }

  @Test
  void aJobStaysInItsProject() {
    Job ofOther = Job.create(3, 2, new NewJob("nightly", null, null), CREATED);
    assertThat(ofOther.projectId()).isEqualTo(2);
    assertThat(ofOther.apply(archived(true), NOW).projectId()).isEqualTo(2);
  }

  @Test
  void nullClearsDescriptionAndType() {
    var patch = new JobPatch(Change.none(), Change.to(null), Change.to(null), Change.none());
    assertThat(job.apply(patch, NOW))
        .isEqualTo(new Job(3, 1, "nightly", null, null, false, CREATED, NOW, 2));
  }

  @Test
  void aPatchThatNamesNothingGivesTheVeryJob() {
    assertThat(job.apply(nothing(), NOW)).isSameAs(job);
  }

  @Test
  void aPatchThatRepeatsWhatIsSoGivesTheVeryJob() {
    var same =
        new JobPatch(
            Change.to("nightly"), Change.to("all of it"), Change.to("etl"), Change.to(false));
    assertThat(job.apply(same, NOW)).isSameAs(job);
  }

  @Test
  void anArchivedJobTakesNoNewRuns() {
    assertThatExceptionOfType(JobArchived.class)
        .isThrownBy(() -> job.apply(archived(true), NOW).verifyTakesRuns())
        .withMessage("Job 3 is archived and takes no new runs.")
        .extracting(JobArchived::code)
        .isEqualTo(ErrorCode.JOB_ARCHIVED);
  }

  @Test
  void aJobThatIsTakenOutOfTheArchiveTakesRunsAgain() {
    Job back = job.apply(archived(true), NOW).apply(archived(false), NOW);
    assertThatCode(back::verifyTakesRuns).doesNotThrowAnyException();
    assertThat(back.version()).isEqualTo(3);
  }
}
