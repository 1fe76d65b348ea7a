package io.chronotrack.storage;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only so many work at a time; the others wait, in the order in which they have come.
 *
 * <p>It stands before a pool of connections. Whoever waits inside of that makes it wake a thread to
 * see whether the pool may grow, also when it may not, and that for every connection it lends.
 */
final class Turnstile {

  private final Semaphore places;
  private final Duration longestWait;

  /**
   * @param most how many work at a time
   * @param longestWait how long somebody waits before being refused
   */
  Turnstile(int most, Duration longestWait) {
    this.places = new Semaphore(most, true);
    this.longestWait = longestWait;
  }

  /** None that anybody has to wait for. */
  static Turnstile open() {
    return new Turnstile(Integer.MAX_VALUE, Duration.ZERO);
  }

  /**
   * Works when it is the caller's turn.
   *
   * @throws StorageUnavailable if that did not come in time; nothing was done
   */
  <T> T pass(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private void enter() {
    try {
      if (places.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StorageUnavailable(
        "Too many requests are waiting for the database. Nothing was changed.", null);
  }
}
