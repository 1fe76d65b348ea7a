package io.chronotrack.stats.store;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import io.chronotrack.stats.EndedRun;
import io.chronotrack.stats.Tally;
import io.chronotrack.stats.Varints;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tallies by a number, such as a day: what is added to those that are stored. Stored ones are in
 * the order of their numbers, each with its length, so that those that nothing is added to are
 * copied as they are. Made for one writing; not thread-safe.
 */
final class Slots {

  private final TreeMap<Long, Tally> added = new TreeMap<>();

  void add(long number, EndedRun run) {
    added.computeIfAbsent(number, missing -> new Tally()).add(run);
  }

  /** The highest number of what is added and of what is stored. */
  long highest(ByteBuffer stored) {
    long highest = added.isEmpty() ? Long.MIN_VALUE : added.lastKey();
    ByteBuffer in = stored.duplicate();
    while (in.hasRemaining()) {
      highest = Math.max(highest, Varints.readSigned(in));
      skip(in);
    }
    return highest;
  }

  /**
   * Appends the stored ones with what is added to them.
   *
   * @param stored what is there; nothing, if it is empty
   * @param lowest what has a lower number is left out
   */
  void encode(GrowingByteArrayOutput out, ByteBuffer stored, long lowest) {
    TreeMap<Long, Tally> rest = new TreeMap<>(added.tailMap(lowest, true));
    ByteBuffer in = stored.duplicate();
    while (in.hasRemaining()) {
      int start = in.position();
      long number = Varints.readSigned(in);
      while (!rest.isEmpty() && rest.firstKey() < number) {
        append(out, rest.pollFirstEntry());
      }
      Tally mine = rest.get(number);
      if (mine == null) {
        skip(in);
        if (number >= lowest) {
          copy(out, in.array(), in.arrayOffset() + start, in.arrayOffset() + in.position());
        }
      } else {
        Varints.read(in);
        mine.addEncoded(in);
      }
    }
    while (!rest.isEmpty()) {
      append(out, rest.pollFirstEntry());
    }
  }

  /**
   * Counts stored tallies.
   *
   * @param into gives for a number what its tally is added to; {@code null} passes over it
   */
  static void read(ByteBuffer in, LongFunction<@Nullable Tally> into) {
    while (in.hasRemaining()) {
      Tally target = into.apply(Varints.readSigned(in));
      if (target == null) {
        skip(in);
      } else {
        Varints.read(in);
        target.addEncoded(in);
      }
    }
  }

  private static void skip(ByteBuffer in) {
    int length = Math.toIntExact(Varints.read(in));
    in.position(in.position() + length);
  }

  private static void append(GrowingByteArrayOutput out, Map.Entry<Long, Tally> slot) {
    Varints.writeSigned(out, slot.getKey());
    var encoded = GrowingByteArrayOutput.withDefaultInitialCapacity();
    slot.getValue().encode(encoded);
    Varints.write(out, encoded.numWrittenBytes());
    copy(out, encoded.backingArray(), 0, encoded.numWrittenBytes());
  }

  private static void copy(GrowingByteArrayOutput out, byte[] from, int start, int end) {
    for (int i = start; i < end; i++) {
      out.writeByte(from[i]);
    }
  }
}
