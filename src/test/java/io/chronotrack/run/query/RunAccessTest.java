package io.chronotrack.run.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.access.Scope;
import io.chronotrack.page.Position;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunAccess.Start;
import io.chronotrack.run.query.RunCondition.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunAccessTest {

  private static final Scope PROJECT = Scope.of(1);

  private static RunAccess access(String sort, String filter) {
    return access(PROJECT, sort, filter);
  }

  private static RunAccess access(Scope scope, String sort, String filter) {
    RunCondition condition = filter.isEmpty() ? RunCondition.ANY_RUN : RunFilters.parse(filter);
    return RunAccess.of(scope, new RunQuery(condition, RunSort.named(sort).orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "createdAt, '', NEWEST",
    "-createdAt, jobId = 7, JOB_NEWEST",
    "-createdAt, status = FAILED, STATUS_NEWEST",
    "-createdAt, jobId = 7 AND status = FAILED, JOB_STATUS_NEWEST",
    "-createdAt, externalId = x, EXTERNAL_ID_NEWEST",
    "-durationMs, jobId = 7 AND externalId = x, JOB_EXTERNAL_ID",
    "startedAt, '', STARTED",
    "startedAt, jobId = 7, JOB_STARTED",
    "startedAt, status = RUNNING, RUNNING_STARTED",
    "startedAt, status = RUNNING OR status = PENDING, RUNNING_STARTED",
    "-startedAt, status != PENDING, STARTED",
    "-finishedAt, '', FINISHED",
    "-finishedAt, jobId = 7, JOB_FINISHED",
    "-finishedAt, status = FAILED, UNSUCCESSFUL_FINISHED",
    "-finishedAt, status = FAILED OR status = CANCELLED, UNSUCCESSFUL_FINISHED",
    "-finishedAt, status != RUNNING AND status != PENDING, FINISHED",
    "-durationMs, '', DURATION",
    "-durationMs, jobId = 7, JOB_DURATION",
    "-durationMs, durationMs > 5, DURATION",
    "-createdAt, createdAt > 2026-01-31T09:30:00Z, NEWEST"
  })
  void whatAnIndexTakesCareOfIsExact(String sort, String filter, RunIndex index) {
    RunAccess access = access(sort, filter);
    assertThat(access.index()).isEqualTo(index);
    assertThat(access.isExact()).as("%s", access).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "-createdAt, jobId = 7 AND errorMessage:x, JOB_NEWEST",
    "-createdAt, externalId = x AND metadata.env = prod, EXTERNAL_ID_NEWEST",
    "-createdAt, createdAt >= 2026-01-31T09:30:00Z AND job.type = etl, NEWEST",
    "createdAt, status = RUNNING AND job.type = etl, STATUS_NEWEST",
    "startedAt, status = RUNNING AND job.type = etl, RUNNING_STARTED",
    "-finishedAt, jobId = 7 AND status = FAILED, JOB_FINISHED",
    "-durationMs, durationMs > 5 AND status = FAILED, DURATION"
  })
  void theRestIsLookedAtWhereTheListIsNarrow(String sort, String filter, RunIndex index) {
    RunAccess access = access(sort, filter);
    assertThat(access.index()).isEqualTo(index);
    assertThat(access.isExact()).as("%s", access).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-createdAt|errorMessage:x|errorMessage|createdAt.gte (or since)",
        "-createdAt|status = FAILED AND errorMessage:x|errorMessage|createdAt.gte (or since)",
        "-createdAt|createdAt < 2026-01-31T09:30:00Z AND job.type = etl|job.type|createdAt.gte",
        "-startedAt|status = SUCCESS|status|startedAt.gte (or since)",
        "-startedAt|createdAt > 2026-01-31T09:30:00Z|createdAt|startedAt.gte (or since)",
        "-finishedAt|externalId = x|externalId|finishedAt.gte (or since)",
        "-durationMs|status = FAILED|status|add jobId or externalId, or durationMs.gte",
        "-durationMs|metadata.a.b = x|metadata.a.b|durationMs.gte",
        "-durationMs|durationMs < 5 AND metadata.a = x|metadata.a|durationMs.gte",
        "-createdAt|jobId = 7 OR status = FAILED|filter|createdAt.gte (or since)"
      })
  void whatIsTooBroadIsRefusedAndToldWhatToAdd(
      String sort, String filter, String parameter, String advice) {
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(() -> access(sort, filter))
        .withMessageStartingWith(parameter + " cannot be looked for in all runs by ")
        .withMessageContaining(advice);
  }

  @Test
  void aCredentialForCertainJobsIsNarrowByItself() {
    RunAccess access = access(new Scope(1, Set.of(7L, 8L)), "-durationMs", "errorMessage:x");
    assertThat(access.index()).isEqualTo(RunIndex.JOB_DURATION);
    assertThat(access.starts())
        .containsExactlyInAnyOrder(new Start(7L, null, null), new Start(8L, null, null));
  }

  @Test
  void onlyWhatTheCredentialAndTheQueryHaveIsRead() {
    Scope scope = new Scope(1, Set.of(7L, 8L));
    assertThat(access(scope, "createdAt", "jobId = 8 OR jobId = 9").starts())
        .containsExactly(new Start(8L, null, null));
    assertThat(access(scope, "createdAt", "jobId = 9").starts()).isEmpty();
  }

  @Test
  void whatCannotBeIsReadNowhereAndNeverRefused() {
    assertThat(access("startedAt", "status = PENDING AND errorMessage:x").starts()).isEmpty();
    assertThat(access("-durationMs", "status = RUNNING AND errorMessage:x").starts()).isEmpty();
    assertThat(access("durationMs", "durationMs > 5 AND durationMs < 6").starts()).hasSize(1);
    assertThat(access("durationMs", "durationMs > 6 AND durationMs < 5").starts()).isEmpty();
  }

  @Test
  void twoExternalIdsAreBothAskedFor() {
    RunAccess access = access("-createdAt", "externalId = x AND externalId = y");
    assertThat(access.starts()).containsExactly(new Start(null, null, "x"));
    assertThat(access.rest()).isEqualTo(new RunCondition.ExternalIdIs("y"));
  }

  @Test
  void tooManyStartsLeaveTheStatusToBeLookedAt() {
    Set<Long> jobs = LongStream.range(1, 52).boxed().collect(Collectors.toSet());
    var condition =
        RunCondition.all(
            List.of(
                new RunCondition.JobIn(jobs),
                new RunCondition.StatusIn(Set.of(RunStatus.FAILED, RunStatus.CANCELLED))));
    RunAccess access = RunAccess.of(PROJECT, new RunQuery(condition, RunSort.NEWEST_FIRST));
    assertThat(access.index()).isEqualTo(RunIndex.JOB_NEWEST);
    assertThat(access.starts()).hasSize(51);
    assertThat(access.isExact()).isFalse();
  }

  @Test
  void rangesOfWhatIsSortedByAreRangesOfTheIndex() {
    RunAccess access =
        access("durationMs", "durationMs >= 5 AND durationMs < 9 AND durationMs > 6");
    assertThat(access.range())
        .isEqualTo(new KeyRange(new Position(6, Long.MAX_VALUE), new Position(9, 0)));
    assertThat(access.isExact()).isTrue();
  }

  @Test
  void everyMeasureHasAnIndexForAProjectAndForAJob() {
    List<RunIndex> used = new ArrayList<>();
    for (RunMeasure measure : RunMeasure.values()) {
      used.add(access(measure.field(), "").index());
      used.add(access(measure.field(), "jobId = 1").index());
    }
    assertThat(used).doesNotHaveDuplicates().hasSize(2 * RunMeasure.values().length);
  }

  @Test
  void aPeriodIsAboutWhatIsSortedByIfThatIsATime() {
    var now = Instant.parse("2026-01-31T09:30:00Z");
    for (RunMeasure measure : RunMeasure.values()) {
      var search =
          new RunSearch(
              new RunQuery(RunCondition.ANY_RUN, new RunSort(measure, true)), Duration.ofHours(24));
      assertThat(search.at(now).condition())
          .isEqualTo(
              new RunCondition.Measure(
                  measure.isTime() ? measure : RunMeasure.CREATED_AT,
                  Comparison.GREATER_OR_EQUAL,
                  now.toEpochMilli() - 86_400_000));
    }
  }
}
