package io.chronotrack.copy;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells how far the copy is, at most once a second. */
final class Progress {

  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private long last;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  Progress(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    last = nanoTime.getAsLong();
  }

  /** Tells it, unless something was told less than a second ago. */
  void tell(Table table, String what, long done, long all) {
    long now = nanoTime.getAsLong();
    if (now - last >= INTERVAL) {
      last = now;
      out.println(table.name() + ": " + what + " " + done + " of " + all + " rows");
    }
  }

  /** Tells something that is not told often. */
  void say(String line) {
    out.println(line);
  }
}
