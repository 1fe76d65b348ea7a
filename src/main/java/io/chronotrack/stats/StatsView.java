package io.chronotrack.stats;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a span of time, as clients see them.
 *
 * @param from when the first bucket begins
 * @param to when the last bucket ends
 * @param interval how long a bucket is: {@code hour} or {@code day}
 * @param timezone whose hours and days they are
 * @param total all of it together
 * @param buckets without gaps, oldest first
 */
@JsonbPropertyOrder({"from", "to", "interval", "timezone", "total", "buckets"})
public record StatsView(
    Instant from,
    Instant to,
    String interval,
    String timezone,
    Figures total,
    List<Bucket> buckets) {

  /**
   * Runs that ended.
   *
   * @param runs how many, and how
   * @param successRate from 0 to 1; see {@link Tally#successRate}
   * @param duration how long those that had started took
   * @param queueTime how long those that were PENDING waited for their start
   */
  @JsonbPropertyOrder({"runs", "successRate", "duration", "queueTime"})
  public record Figures(
      RunCounts runs, @Nullable Double successRate, Times duration, Times queueTime) {

    static Figures of(Tally tally) {
      return new Figures(
          RunCounts.of(tally),
          rate(tally),
          Times.of(tally.durations()),
          Times.of(tally.queueTimes()));
    }
  }

  /**
   * Runs that ended in one hour or on one day; the members are those of {@link Figures}.
   *
   * @param from when it begins
   * @param to when the next one begins
   */
  @JsonbPropertyOrder({"from", "to", "runs", "successRate", "duration", "queueTime"})
  public record Bucket(
      Instant from,
      Instant to,
      RunCounts runs,
      @Nullable Double successRate,
      Times duration,
      Times queueTime) {

    static Bucket of(Series series, int span) {
      Figures figures = Figures.of(series.tally(span));
      return new Bucket(
          series.startOf(span),
          series.startOf(span + 1),
          figures.runs(),
          figures.successRate(),
          figures.duration(),
          figures.queueTime());
    }
  }

  /**
   * How long it took; everything but {@code count} is {@code null} if that is 0.
   *
   * @param count how many runs it is told of
   */
  @JsonbPropertyOrder({"count", "minMs", "avgMs", "p50Ms", "p95Ms", "p99Ms", "maxMs"})
  public record Times(
      long count,
      @Nullable Long minMs,
      @Nullable Long avgMs,
      @Nullable Long p50Ms,
      @Nullable Long p95Ms,
      @Nullable Long p99Ms,
      @Nullable Long maxMs) {

    static Times of(Distribution distribution) {
      return new Times(
          distribution.count(),
          distribution.min(),
          distribution.average(),
          distribution.quantile(0.5),
          distribution.quantile(0.95),
          distribution.quantile(0.99),
          distribution.max());
    }
  }

  /** What clients see of a series. */
  public static StatsView of(Series series) {
    return new StatsView(
        series.startOf(0),
        series.startOf(series.size()),
        series.interval().name().toLowerCase(Locale.ROOT),
        series.zone().getId(),
        Figures.of(series.total()),
        IntStream.range(0, series.size()).mapToObj(span -> Bucket.of(series, span)).toList());
  }

  /** To four decimals. */
  static @Nullable Double rate(Tally tally) {
    Double rate = tally.successRate();
    return rate == null ? null : Math.round(rate * 10_000) / 10_000.0;
  }
}
