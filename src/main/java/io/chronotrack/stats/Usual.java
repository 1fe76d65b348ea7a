package io.chronotrack.stats;

import org.jspecify.annotations.Nullable;

/**
 * How long a job's runs usually take, by those that were successful last.
 *
 * @param runs how many runs tell it; with fewer than {@value #FEWEST} nothing is usual
 * @param medianMs half of them took no longer; the mean of the middle two of an even number
 * @param p95Ms 95 % of them took no longer (by the nearest rank)
 */
public record Usual(int runs, double medianMs, long p95Ms) {

  /** How many runs it takes to call something usual. */
  public static final int FEWEST = 5;

  /** How many times the median a run takes at least that is slower than usual. */
  public static final double SLOW = 1.5;

  /** Of a job that had no successful run. */
  public static final Usual UNKNOWN = new Usual(0, 0, 0);

  /** What these durations, shortest first, tell. */
  static Usual ofSorted(long[] durations) {
    int runs = durations.length;
    if (runs == 0) {
      return UNKNOWN;
    }
    double median = (durations[(runs - 1) / 2] + (double) durations[runs / 2]) / 2;
    return new Usual(runs, median, durations[(95 * runs + 99) / 100 - 1]);
  }

  /**
   * A duration as a multiple of the median, to three decimals; {@code null} if nothing is usual, or
   * if it is usual to take no time.
   */
  public @Nullable Double timesMedian(long durationMs) {
    return runs < FEWEST || medianMs == 0
        ? null
        : Math.round(durationMs / medianMs * 1_000) / 1_000.0;
  }

  /**
   * Whether a run that took so long was slower than usual: by half of the median at least, and
   * longer than 95 % of the others, so that a job whose runs vary anyway does not raise it all the
   * time.
   */
  public boolean isSlow(long durationMs) {
    Double times = timesMedian(durationMs);
    return times != null && times >= SLOW && durationMs > p95Ms;
  }

  /**
   * Whether a run that has gone on for so long should have ended: longer than 95 % of the others.
   */
  public boolean isOverdue(long elapsedMs) {
    return runs >= FEWEST && elapsedMs > p95Ms;
  }
}
