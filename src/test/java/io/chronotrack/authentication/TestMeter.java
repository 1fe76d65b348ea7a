package io.chronotrack.authentication;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** The time of token buckets, which stands still until a test moves it. */
final class TestMeter implements TimeMeter {

  private volatile long nanos;

  synchronized void move(Duration by) {
    nanos += by.toNanos();
  }

  @Override
  public long currentTimeNanos() {
    return nanos;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
