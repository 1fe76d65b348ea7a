package io.chronotrack.run;

import io.chronotrack.stats.Usual;
import org.jspecify.annotations.Nullable;

/**
 * How fast a run was, or is. Told by the server and by nobody else.
 *
 * @param queueMs milliseconds that it was PENDING until it started; {@code null} if it was not, or
 *     has not started
 * @param durationVsMedian its duration as a multiple of what was usual for its job when it ended;
 *     {@code null} until then, and if nothing was usual
 * @param slowerThanUsual whether that is clearly more than usual; see {@link Usual#isSlow}
 * @param overdue whether it is RUNNING, and for longer than usual, as of when it was looked at; not
 *     stored
 */
public record RunPace(
    @Nullable Long queueMs,
    @Nullable Double durationVsMedian,
    boolean slowerThanUsual,
    boolean overdue) {

  /** Of a run of which nothing is known yet. */
  public static final RunPace UNKNOWN = new RunPace(null, null, false, false);

  RunPace queued(long millis) {
    return new RunPace(millis, durationVsMedian, slowerThanUsual, overdue);
  }

  RunPace compared(long durationMs, Usual usual) {
    return new RunPace(queueMs, usual.timesMedian(durationMs), usual.isSlow(durationMs), overdue);
  }

  RunPace overdue(boolean isOverdue) {
    return new RunPace(queueMs, durationVsMedian, slowerThanUsual, isOverdue);
  }
}
