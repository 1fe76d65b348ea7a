package io.chronotrack.storage;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only so many work at a time; the others wait.
 *
 * <p>It stands before a pool of connections. Whoever waits inside of that makes it wake a thread to
 * see whether the pool may grow, also when it may not, and that for every connection it lends.
 */
final class Turnstile {

  private final Semaphore places;
  private final Duration longestWait;

  private Turnstile(int most, Duration longestWait, boolean isInOrder) {
    this.places = new Semaphore(most, isInOrder);
    this.longestWait = longestWait;
  }

  /**
   * One that lets in who has come first. For work that waits for something else itself, so that
   * usually all places are taken.
   *
   * @param most how many work at a time
   * @param longestWait how long somebody waits before being refused
   */
  static Turnstile inOrder(int most, Duration longestWait) {
    return new Turnstile(most, longestWait, true);
  }

  /**
   * One that lets in whoever comes while a place is free, although others may not be awake yet that
   * have waited for it. For work that is done sooner than somebody is awake: to keep the place for
   * one who sleeps would make all sleep who come meanwhile, and so on for ever. See M. Blasgen et
   * al., "The Convoy Phenomenon", ACM SIGOPS Operating Systems Review 13 (2), 1979.
   *
   * @param most how many work at a time
   * @param longestWait how long somebody waits before being refused
   */
  static Turnstile byChance(int most, Duration longestWait) {
    return new Turnstile(most, longestWait, false);
  }

  /** None that anybody has to wait for. */
  static Turnstile open() {
    return byChance(Integer.MAX_VALUE, Duration.ZERO);
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
      if (places.tryAcquire() || places.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StorageUnavailable(
        "Too many requests are waiting for the database. Nothing was changed.", null);
  }
}
