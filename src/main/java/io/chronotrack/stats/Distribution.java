package io.chronotrack.stats;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How long many things took, in milliseconds: count, sum and extremes exactly, quantiles with a
 * relative error of at most {@link #RELATIVE_ACCURACY}.
 *
 * <p>Quantiles come from a DDSketch (C. Masson, J. Rim, H. Lee, "DDSketch: A Fast and
 * Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", VLDB 2019), which counts values
 * in bins whose width grows with the value. Adding one distribution to another adds bin to bin, so
 * the result is the same in whichever order and parts values came. Not thread-safe.
 */
public final class Distribution {

  /** How far a quantile may be from the value that is there, relative to it. */
  public static final double RELATIVE_ACCURACY = 0.01;

  /** What sketches are read by; another one would make those that are stored unreadable. */
  private static final IndexMapping BINS = new LogarithmicMapping(RELATIVE_ACCURACY);

  private long count;
  private long sum;
  private long min = Long.MAX_VALUE;
  private long max;
  private @Nullable DDSketch sketch;

  /**
   * Adds a value.
   *
   * @param millis at least 0
   */
  public void add(long millis) {
    count++;
    sum = capped(sum, millis);
    min = Math.min(min, millis);
    max = Math.max(max, millis);
    sketch().accept((double) millis);
  }

  /** Adds all values of another one. */
  public void add(Distribution other) {
    if (other.count > 0) {
      addExact(other.count, other.sum, other.min, other.max);
      sketch().mergeWith(other.sketch());
    }
  }

  /** How many values there are. */
  public long count() {
    return count;
  }

  /** The least value; {@code null} if there is none. */
  public @Nullable Long min() {
    return count == 0 ? null : min;
  }

  /** The greatest value; {@code null} if there is none. */
  public @Nullable Long max() {
    return count == 0 ? null : max;
  }

  /** The mean, rounded; {@code null} if there is no value. */
  public @Nullable Long average() {
    return count == 0 ? null : Math.round((double) sum / count);
  }

  /**
   * The value below which this part of all values lies, rounded; {@code null} if there is none. It
   * is that of the rank {@code quantile * (count - 1)}, rounded down, counted from 0.
   *
   * @param quantile from 0 to 1; 0.5 is the median
   */
  public @Nullable Long quantile(double quantile) {
    if (count == 0) {
      return null;
    }
    // The extremes are known exactly, and a bin may reach beyond them.
    return Math.min(Math.max(Math.round(sketch().getValueAtQuantile(quantile)), min), max);
  }

  /** Appends the form that {@link #addEncoded} reads. */
  void encode(GrowingByteArrayOutput out) {
    Varints.write(out, count);
    if (count == 0) {
      return;
    }
    Varints.write(out, sum);
    Varints.write(out, min);
    Varints.write(out, max - min);
    var bins = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      sketch().encode(bins, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Varints.write(out, bins.numWrittenBytes());
    for (int i = 0; i < bins.numWrittenBytes(); i++) {
      out.writeByte(bins.backingArray()[i]);
    }
  }

  /** Adds all values of one that was encoded, and moves on behind it. */
  void addEncoded(ByteBuffer in) {
    long more = Varints.read(in);
    if (more == 0) {
      return;
    }
    long itsSum = Varints.read(in);
    long itsMin = Varints.read(in);
    addExact(more, itsSum, itsMin, itsMin + Varints.read(in));
    int length = Math.toIntExact(Varints.read(in));
    try {
      sketch()
          .decodeAndMergeWith(
              ByteArrayInput.wrap(in.array(), in.arrayOffset() + in.position(), length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in.position(in.position() + length);
  }

  private void addExact(long itsCount, long itsSum, long itsMin, long itsMax) {
    count += itsCount;
    sum = capped(sum, itsSum);
    min = Math.min(min, itsMin);
    max = Math.max(max, itsMax);
  }

  private DDSketch sketch() {
    DDSketch existing = sketch;
    if (existing == null) {
      // Not bounded: a thousand bins reach from a millisecond to ten years.
      existing = new DDSketch(BINS, UnboundedSizeDenseStore::new);
      sketch = existing;
    }
    return existing;
  }

  /** Clients may tell times that are thousands of years apart; a wrong sign would be worse. */
  private static long capped(long sum, long more) {
    return more > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + more;
  }
}
