package io.chronotrack.stats.store;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.RecentDurations;
import io.chronotrack.stats.Series;
import io.chronotrack.stats.Tally;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What runs add to the content of one row. The content is binary; it begins with the number of its
 * form. Made for one writing; not thread-safe.
 */
abstract sealed class Addition {

  private static final byte FORM = 1;

  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  /** Days that a job's own row tells of: the last seven, and one that has begun elsewhere. */
  private static final int DAYS = 8;

  final Slots slots = new Slots();

  /** Nothing yet, to be added to a row of this kind. */
  static Addition to(StatisticsKey.Kind kind) {
    return kind == StatisticsKey.Kind.JOB ? new ToJob() : new ToHour();
  }

  /** Counts a run. */
  abstract void add(EndedRun run);

  /** Appends what is stored, with all that was counted. */
  abstract void encode(GrowingByteArrayOutput out, ByteBuffer stored);

  /**
   * The content with all that was counted.
   *
   * @param stored the content so far; {@code null} if there is no such row
   */
  final byte[] addedTo(byte @Nullable [] stored) {
    var out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    out.writeByte(FORM);
    encode(out, stored == null ? ByteBuffer.allocate(0) : open(stored));
    return out.trimmedCopy();
  }

  /** Adds what a job's row tells of its last durations. */
  static void readDurations(byte[] content, RecentDurations into) {
    into.addEncoded(open(content));
  }

  /** Counts the runs of a job's last days, by days since 1970. */
  static void readDays(byte[] content, LongFunction<@Nullable Tally> into) {
    ByteBuffer in = open(content);
    new RecentDurations().addEncoded(in);
    Slots.read(in, into);
  }

  /** Counts the runs of an hour, by quarters of an hour since 1970. */
  static void readQuarters(byte[] content, LongFunction<@Nullable Tally> into) {
    Slots.read(open(content), into);
  }

  private static ByteBuffer open(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    byte form = in.get();
    if (form != FORM) {
      throw new IllegalStateException("statistics of the form " + form + " cannot be read");
    }
    return in;
  }

  /** The runs of an hour, by its quarters. */
  private static final class ToHour extends Addition {

    @Override
    void add(EndedRun run) {
      slots.add(Series.quarterOf(run.finishedAt()), run);
    }

    @Override
    void encode(GrowingByteArrayOutput out, ByteBuffer stored) {
      slots.encode(out, stored, Long.MIN_VALUE);
    }
  }

  /** The last durations, and the runs of the last days. */
  private static final class ToJob extends Addition {

    private final RecentDurations durations = new RecentDurations();

    @Override
    void add(EndedRun run) {
      durations.add(run);
      slots.add(Math.floorDiv(run.finishedAt().toEpochMilli(), DAY_MS), run);
    }

    @Override
    void encode(GrowingByteArrayOutput out, ByteBuffer stored) {
      if (stored.hasRemaining()) {
        durations.addEncoded(stored);
      }
      durations.encode(out);
      slots.encode(out, stored, slots.highest(stored) - DAYS + 1);
    }
  }
}
