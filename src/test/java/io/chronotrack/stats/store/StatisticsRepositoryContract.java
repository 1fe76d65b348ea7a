package io.chronotrack.stats.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.Interval;
import io.chronotrack.stats.RecentDurations;
import io.chronotrack.stats.RunOutcome;
import io.chronotrack.stats.Series;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.StatsView;
import io.chronotrack.stats.Tally;
import io.chronotrack.stats.Usual;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link StatisticsRepository} promises.
 *
 * <p>The repository need not be empty: each test looks only at jobs and projects of its own, which
 * need not exist.
 */
@Timeout(120)
public abstract class StatisticsRepositoryContract {

  private static final AtomicLong IDS = new AtomicLong(1_000);

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final List<RunOutcome> OUTCOMES = List.of(RunOutcome.values());
  private static final ZoneId UTC = ZoneId.of("UTC");

  private final long job = IDS.incrementAndGet();
  private final long otherJob = IDS.incrementAndGet();
  private final long project = IDS.incrementAndGet();

  /** The repository under test. */
  protected abstract StatisticsRepository repository();

  /** The transactions that it takes part in. */
  protected abstract Transactions transactions();

  /** Runs what a test does side by side, each in a thread of its own. */
  protected Executor threads() {
    return task -> new Thread(task, "contract").start();
  }

  private EndedRun run(
      long jobId,
      RunOutcome outcome,
      Instant finishedAt,
      @Nullable Long durationMs,
      @Nullable Long queueMs) {
    return new EndedRun(project, jobId, outcome, finishedAt, durationMs, queueMs);
  }

  private EndedRun success(Instant finishedAt, long durationMs) {
    return run(job, RunOutcome.SUCCESS, finishedAt, durationMs, null);
  }

  private void record(Collection<EndedRun> runs) {
    transactions()
        .write(
            () -> {
              runs.forEach(repository()::record);
              return runs;
            });
  }

  private void record(EndedRun... runs) {
    record(List.of(runs));
  }

  private Series ofJobs(Series series, Long... jobIds) {
    return transactions()
        .read(
            () -> {
              repository().addJobs(List.of(jobIds), series);
              return series;
            });
  }

  private Series ofProject(Series series) {
    return transactions()
        .read(
            () -> {
              repository().addProject(project, series);
              return series;
            });
  }

  private Map<Long, Usual> usual(Long... jobIds) {
    return transactions().read(() -> repository().usual(List.of(jobIds)));
  }

  private Usual usualForUpdate(long jobId) {
    return transactions().write(() -> repository().usualForUpdate(jobId));
  }

  /** The runs of one of two jobs that are asked for. */
  private Tally since(Instant time, long jobId) {
    long day = time.atZone(UTC).toLocalDate().toEpochDay();
    return transactions()
        .read(() -> repository().since(day, List.of(job, otherJob)))
        .getOrDefault(jobId, new Tally());
  }

  private static Series days(Instant from, Instant to) {
    return Series.covering(from, to, Interval.DAY, UTC);
  }

  private static Series dayOf(Instant time) {
    return days(time, time.plusMillis(1));
  }

  private static StatsView.Figures figures(Series series) {
    return StatsView.of(series).total();
  }

  private static byte[] encoded(Tally tally) {
    var out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    tally.encode(out);
    return out.trimmedCopy();
  }

  private static byte[] encoded(Collection<EndedRun> runs) {
    var tally = new Tally();
    runs.forEach(tally::add);
    return encoded(tally);
  }

  @Test
  void whatNobodyHasRecordedIsNothing() {
    assertThat(figures(ofJobs(dayOf(NOON), job)).runs().total()).isZero();
    assertThat(figures(ofProject(dayOf(NOON))).runs().total()).isZero();
    assertThat(usual(job)).isEmpty();
    assertThat(usual()).isEmpty();
    assertThat(usualForUpdate(job)).isEqualTo(Usual.UNKNOWN);
    assertThat(since(NOON, job).total()).isZero();
  }

  @Test
  void aRunCountsForItsJobAndItsProjectInTheHourInWhichItEnded() {
    record(run(job, RunOutcome.FAILED, NOON, 90_500L, 300L));
    for (Series series : List.of(ofJobs(dayOf(NOON), job), ofProject(dayOf(NOON)))) {
      StatsView.Figures figures = figures(series);
      assertThat(figures.runs().failed()).isEqualTo(1);
      assertThat(figures.runs().total()).isEqualTo(1);
      assertThat(figures.duration().maxMs()).isEqualTo(90_500);
      assertThat(figures.queueTime().minMs()).isEqualTo(300);
    }
    Series hours =
        ofJobs(
            Series.covering(NOON.minusSeconds(1), NOON.plusSeconds(3_601), Interval.HOUR, UTC),
            job);
    assertThat(StatsView.of(hours).buckets())
        .extracting(bucket -> bucket.runs().total())
        .containsExactly(0L, 1L, 0L);
    assertThat(figures(ofJobs(dayOf(NOON), otherJob)).runs().total()).isZero();
  }

  @Test
  void runsAreCountedByQuartersOfAnHour() {
    record(
        success(NOON, 1),
        success(NOON.plusSeconds(899), 2),
        success(NOON.plusSeconds(1_800), 3),
        success(NOON.plusSeconds(3_599), 4));
    record(success(NOON.plusSeconds(1_799), 5), success(NOON.plusSeconds(2_700), 6));
    Series kolkata =
        ofJobs(
            Series.covering(
                NOON, NOON.plusSeconds(3_600), Interval.HOUR, ZoneId.of("Asia/Kolkata")),
            job);
    assertThat(StatsView.of(kolkata).buckets())
        .extracting(bucket -> bucket.duration().count())
        .containsExactly(3L, 3L);
    assertThat(StatsView.of(kolkata).buckets())
        .extracting(bucket -> bucket.duration().maxMs())
        .containsExactly(5L, 6L);
  }

  @Test
  void runsOfManyTransactionsAddUpToThoseOfOne() {
    List<EndedRun> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      RunOutcome outcome = OUTCOMES.get(i % OUTCOMES.size());
      EndedRun run =
          run(
              i % 2 == 0 ? job : otherJob,
              outcome,
              NOON.minusSeconds(i * 1_700L),
              outcome == RunOutcome.CANCELLED ? null : i * 31L,
              i % 5 == 0 ? i * 7L : null);
      runs.add(run);
      record(run);
    }
    Series all = days(NOON.minusSeconds(60 * 1_700L), NOON);
    assertThat(encoded(total(ofProject(all)))).isEqualTo(encoded(runs));
    Series both = days(NOON.minusSeconds(60 * 1_700L), NOON);
    assertThat(encoded(total(ofJobs(both, job, otherJob)))).isEqualTo(encoded(runs));
    Series one = days(NOON.minusSeconds(60 * 1_700L), NOON);
    assertThat(encoded(total(ofJobs(one, job))))
        .isEqualTo(encoded(runs.stream().filter(run -> run.jobId() == job).toList()));
  }

  private static Tally total(Series series) {
    var total = new Tally();
    for (long quarter = series.firstQuarter(); quarter < series.endQuarter(); quarter += 96) {
      Tally tally = series.of(quarter);
      if (tally != null) {
        total.add(tally);
      }
    }
    return total;
  }

  @Test
  void whatIsUsualIsToldByTheSuccessfulRuns() {
    for (int i = 1; i <= 4; i++) {
      record(success(NOON.plusSeconds(i), 60_000 + i));
      record(run(job, RunOutcome.FAILED, NOON.plusSeconds(i), 1L, null));
    }
    record(success(NOON.minusSeconds(1), 50_000));
    Usual expected = new Usual(5, 60_002, 60_004);
    assertThat(usual(job, otherJob)).isEqualTo(Map.of(job, expected));
    assertThat(usualForUpdate(job)).isEqualTo(expected);
  }

  @Test
  void aTransactionSeesWhatItHasRecordedAndNobodyElseDoes() {
    record(success(NOON, 10), success(NOON, 20), success(NOON, 30));
    transactions()
        .write(
            () -> {
              assertThat(repository().usualForUpdate(job).runs()).isEqualTo(3);
              repository().record(success(NOON, 40));
              assertThat(repository().usualForUpdate(job)).isEqualTo(new Usual(4, 25, 40));
              repository().record(run(otherJob, RunOutcome.SUCCESS, NOON, 7L, null));
              assertThat(repository().usualForUpdate(otherJob)).isEqualTo(new Usual(1, 7, 7));
              return job;
            });
    assertThat(usual(job)).isEqualTo(Map.of(job, new Usual(4, 25, 40)));
  }

  @Test
  void theLastDaysOfAJobAreKeptHoweverItsRunsAreTold() {
    Instant first = NOON.minusSeconds(6 * 86_400);
    record(success(first, 1), success(NOON, 2), success(NOON.plusSeconds(43_200), 3));
    record(run(otherJob, RunOutcome.CANCELLED, NOON, null, null));
    record(success(first.minusSeconds(86_400), 4), success(first, 5));
    assertThat(since(first, job).total()).isEqualTo(4);
    assertThat(since(first, job).durations().max()).isEqualTo(5);
    assertThat(since(NOON, job).total()).isEqualTo(2);
    assertThat(since(first, otherJob).count(RunOutcome.CANCELLED)).isEqualTo(1);
  }

  @Test
  void timesFarAwayAreCountedToo() {
    Instant early = Instant.parse("0001-01-02T03:04:05Z");
    Instant late = Instant.parse("9999-12-30T03:04:05Z");
    record(success(early, 1), success(late, late.toEpochMilli() - early.toEpochMilli()));
    assertThat(figures(ofJobs(dayOf(early), job)).runs().total()).isEqualTo(1);
    assertThat(figures(ofJobs(dayOf(late), job)).duration().minMs())
        .isEqualTo(late.toEpochMilli() - early.toEpochMilli());
  }

  @Test
  void whatManyRecordAtTheSameMomentIsAllCounted() throws Exception {
    int writers = 16;
    long each = 20;
    SideBySide.run(
        threads(),
        writers,
        writer -> {
          for (int i = 0; i < each; i++) {
            record(
                success(NOON.plusSeconds(i), writer * 100L + i),
                run(otherJob, RunOutcome.FAILED, NOON, 5L, 1L));
          }
          return writer;
        });
    assertThat(figures(ofJobs(dayOf(NOON), job)).runs().success()).isEqualTo(writers * each);
    assertThat(figures(ofJobs(dayOf(NOON), otherJob)).runs().failed()).isEqualTo(writers * each);
    assertThat(figures(ofProject(dayOf(NOON))).runs().total()).isEqualTo(2L * writers * each);
    assertThat(since(NOON, job).total()).isEqualTo(writers * each);
    List<EndedRun> all = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      for (int i = 0; i < each; i++) {
        all.add(success(NOON.plusSeconds(i), writer * 100L + i));
      }
    }
    var recent = new RecentDurations();
    all.forEach(recent::add);
    assertThat(usual(job)).isEqualTo(Map.of(job, recent.usual()));
  }

  /** Only where transactions are rolled back; in memory commands check before they change. */
  protected final void assertThatWhatIsRolledBackIsNotCounted() {
    assertThatThrownBy(
            () ->
                transactions()
                    .write(
                        () -> {
                          repository().usualForUpdate(job);
                          repository().record(success(NOON, 10));
                          throw new IllegalStateException("on purpose");
                        }))
        .hasStackTraceContaining("on purpose");
    assertThat(usualForUpdate(job)).isEqualTo(Usual.UNKNOWN);
    assertThat(figures(ofJobs(dayOf(NOON), job)).runs().total()).isZero();
    record(success(NOON, 10));
    assertThat(figures(ofJobs(dayOf(NOON), job)).runs().total()).isEqualTo(1);
  }
}
