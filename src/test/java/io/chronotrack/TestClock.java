package io.chronotrack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. Safe for use by many threads. */
public final class TestClock extends Clock {

  private volatile Instant now;

  /** A clock that shows this time. */
  public TestClock(Instant now) {
    this.now = now;
  }

  /** Moves the clock on, or back by a negative duration, and tells the time it shows then. */
  public synchronized Instant move(Duration by) {
    now = now.plus(by);
    return now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("nothing asks for another zone");
  }
}
