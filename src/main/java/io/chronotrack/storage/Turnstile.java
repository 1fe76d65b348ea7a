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

  /** How many may wait already when somebody who comes while a place is free overtakes them. */
  private final int mostOvertaken;

  private Turnstile(int most, Duration longestWait, int mostOvertaken) {
    this.places = new Semaphore(most, true);
    this.longestWait = longestWait;
    this.mostOvertaken = mostOvertaken;
  }

  /**
   * One that lets in who has come first. For work that waits for something else itself, so that
   * usually all places are taken.
   *
   * @param most how many work at a time
   * @param longestWait how long somebody waits before being refused
   */
  static Turnstile inOrder(int most, Duration longestWait) {
    return new Turnstile(most, longestWait, -1);
  }

  /**
   * One that lets in whoever comes while a place is free, although a few others may not be awake
   * yet that have waited for it. For work that is done sooner than somebody is awake: to keep the
   * place for one who sleeps would make all sleep who come meanwhile, and so on for ever. See M.
   * Blasgen et al., "The Convoy Phenomenon", ACM SIGOPS Operating Systems Review 13 (2), 1979. If
   * more wait than there are places, there is more work than can be done, and order counts.
   *
   * @param most how many work at a time
   * @param longestWait how long somebody waits before being refused
   */
  static Turnstile withOvertaking(int most, Duration longestWait) {
    return new Turnstile(most, longestWait, most);
  }

  /** None that anybody has to wait for. */
  static Turnstile open() {
    return withOvertaking(Integer.MAX_VALUE, Duration.ZERO);
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
      if (mayOvertake() && places.tryAcquire()) {
        return;
      }
      if (places.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StorageUnavailable(
        "Too many requests are waiting for the database. Nothing was changed.", null);
  }

  /** To be asked for a place without a time, whereby order does not count. */
  private boolean mayOvertake() {
    return places.getQueueLength() <= mostOvertaken;
  }
}
