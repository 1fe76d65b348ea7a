package io.chronotrack.run;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes whoever follows runs when this process has committed something about them. While nobody
 * follows, raising it costs one read of a field. Safe for use by many threads.
 */
public final class RunSignal {

  private volatile @Nullable Thread listener;
  private volatile boolean raised;

  /** Says that there may be something new. */
  public void raise() {
    Thread waiting = listener;
    // Once is enough until it is heard: many commits wake the listener once.
    if (waiting != null && !raised) {
      raised = true;
      LockSupport.unpark(waiting);
    }
  }

  /** Makes the calling thread the one that is woken, in place of any other. */
  public void listen() {
    listener = Thread.currentThread();
  }

  /** Makes it so that nobody is woken. */
  public void ignore() {
    listener = null;
    raised = false;
  }

  /**
   * Waits until it is raised; returns at once if it was since the last time. For the listener.
   *
   * @param nanos how long to wait at most
   * @return whether it was raised
   */
  public boolean await(long nanos) {
    long deadline = System.nanoTime() + nanos;
    long left = nanos;
    while (!raised && left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, left);
      left = deadline - System.nanoTime();
    }
    // Forgotten before the listener looks: what is committed after the look raises it again.
    boolean heard = raised;
    raised = false;
    return heard;
  }
}
