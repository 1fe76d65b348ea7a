package io.chronotrack.stats;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.nio.ByteBuffer;

/**
 * Whole numbers in as few bytes as they need: seven bits in each, the lowest ones first, and a
 * higher bit that tells whether another byte follows (LEB128).
 */
public final class Varints {

  private Varints() {}

  /**
   * Appends a number.
   *
   * @param value taken as it is without a sign, so that a negative one needs ten bytes
   */
  public static void write(GrowingByteArrayOutput out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((byte) rest);
  }

  /** Reads a number and moves on behind it. */
  public static long read(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  /** Appends a number that may be negative; small ones need few bytes, whatever their sign. */
  public static void writeSigned(GrowingByteArrayOutput out, long value) {
    write(out, (value << 1) ^ (value >> 63));
  }

  /** Reads what {@link #writeSigned} wrote. */
  public static long readSigned(ByteBuffer in) {
    long value = read(in);
    return (value >>> 1) ^ -(value & 1);
  }
}
