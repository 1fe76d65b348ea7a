package io.chronotrack.stats;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The runs that ended in some span of time: how many ended how, how long they took, and how long
 * they waited. Not thread-safe.
 */
public final class Tally {

  private long success;
  private long failed;
  private long cancelled;
  private final Distribution durations = new Distribution();
  private final Distribution queueTimes = new Distribution();

  /** Counts a run. */
  public void add(EndedRun run) {
    switch (run.outcome()) {
      case SUCCESS -> success++;
      case FAILED -> failed++;
      case CANCELLED -> cancelled++;
    }
    if (run.durationMs() != null) {
      durations.add(run.durationMs());
    }
    if (run.queueMs() != null) {
      queueTimes.add(run.queueMs());
    }
  }

  /** Counts the runs of another one. */
  public void add(Tally other) {
    success += other.success;
    failed += other.failed;
    cancelled += other.cancelled;
    durations.add(other.durations);
    queueTimes.add(other.queueTimes);
  }

  /** How many runs ended in this way. */
  public long count(RunOutcome outcome) {
    return switch (outcome) {
      case SUCCESS -> success;
      case FAILED -> failed;
      case CANCELLED -> cancelled;
    };
  }

  /** How many runs ended. */
  public long total() {
    return success + failed + cancelled;
  }

  /**
   * The part of the runs that ended as they should, of those that ended by themselves: what was
   * called off tells nothing. From 0 to 1; {@code null} if there is no such run.
   */
  public @Nullable Double successRate() {
    return success + failed == 0 ? null : (double) success / (success + failed);
  }

  /** From start to end, of those that had started. */
  public Distribution durations() {
    return durations;
  }

  /** From creation to start, of those that had been PENDING. */
  public Distribution queueTimes() {
    return queueTimes;
  }

  /** Appends the form that {@link #addEncoded} reads. */
  public void encode(GrowingByteArrayOutput out) {
    Varints.write(out, success);
    Varints.write(out, failed);
    Varints.write(out, cancelled);
    durations.encode(out);
    queueTimes.encode(out);
  }

  /** Counts the runs of one that was encoded, and moves on behind it. */
  public void addEncoded(ByteBuffer in) {
    success += Varints.read(in);
    failed += Varints.read(in);
    cancelled += Varints.read(in);
    durations.addEncoded(in);
    queueTimes.addEncoded(in);
  }
}
