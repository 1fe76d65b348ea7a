package io.chronotrack.stats;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How long a job's last successful runs took: of the {@value #MOST} that ended last, whatever order
 * they are told in. Not thread-safe.
 */
public final class RecentDurations {

  /** How many runs are looked back to. */
  public static final int MOST = 100;

  // Both in the order of the ends; of equal ends, in that of the durations.
  private final long[] ends = new long[MOST];
  private final long[] durations = new long[MOST];
  private int size;

  /** Takes a run into account, if it is a successful one. */
  public void add(EndedRun run) {
    if (run.outcome() == RunOutcome.SUCCESS && run.durationMs() != null) {
      insert(run.finishedAt().toEpochMilli(), run.durationMs());
    }
  }

  /** Takes all runs of another one into account. */
  public void add(RecentDurations other) {
    for (int i = 0; i < other.size; i++) {
      insert(other.ends[i], other.durations[i]);
    }
  }

  /** What they tell of the next run. */
  public Usual usual() {
    long[] sorted = Arrays.copyOf(durations, size);
    Arrays.sort(sorted);
    return Usual.ofSorted(sorted);
  }

  private void insert(long end, long duration) {
    int place = size;
    while (place > 0 && isBefore(end, duration, place - 1)) {
      place--;
    }
    if (size < MOST) {
      shift(place, place + 1, size - place);
      size++;
    } else if (place == 0) {
      return;
    } else {
      place--;
      shift(1, 0, place);
    }
    ends[place] = end;
    durations[place] = duration;
  }

  private boolean isBefore(long end, long duration, int place) {
    return end < ends[place] || (end == ends[place] && duration < durations[place]);
  }

  private void shift(int from, int to, int length) {
    System.arraycopy(ends, from, ends, to, length);
    System.arraycopy(durations, from, durations, to, length);
  }

  /** Appends the form that {@link #addEncoded} reads. */
  public void encode(GrowingByteArrayOutput out) {
    Varints.write(out, size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      Varints.writeSigned(out, ends[i] - before);
      Varints.write(out, durations[i]);
      before = ends[i];
    }
  }

  /** Takes all runs of one that was encoded into account, and moves on behind it. */
  public void addEncoded(ByteBuffer in) {
    int more = Math.toIntExact(Varints.read(in));
    long end = 0;
    for (int i = 0; i < more; i++) {
      end += Varints.readSigned(in);
      insert(end, Varints.read(in));
    }
  }
}
