package io.chronotrack.stats.store;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What a row of statistics is about.
 *
 * @param kind what it tells
 * @param ownerId the job or the project
 * @param hour the hour in which the runs ended, since 1970 in UTC; 0 where the row is about no hour
 */
record StatisticsKey(Kind kind, long ownerId, long hour) implements Comparable<StatisticsKey> {

  private static final Comparator<StatisticsKey> ORDER =
      Comparator.comparing(StatisticsKey::kind)
          .thenComparingLong(StatisticsKey::ownerId)
          .thenComparingLong(StatisticsKey::hour);

  /** Kinds of rows. */
  enum Kind {
    /** A job's last durations, and its runs of the last days. */
    JOB(1),
    /** The runs of a job that ended in an hour. */
    JOB_HOUR(2),
    /** The runs of a project that ended in an hour. */
    PROJECT_HOUR(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The kind that is stored as this. */
    static Kind of(int code) {
      return Arrays.stream(values())
          .filter(kind -> kind.code == code)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("there are no statistics of kind " + code));
    }

    /** As it is stored. */
    int code() {
      return code;
    }
  }

  /** The only row of a job that is about no hour. */
  static StatisticsKey ofJob(long jobId) {
    return new StatisticsKey(Kind.JOB, jobId, 0);
  }

  @Override
  public int compareTo(StatisticsKey other) {
    return ORDER.compare(this, other);
  }
}
