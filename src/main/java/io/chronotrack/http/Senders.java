package io.chronotrack.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Those who send what is added to streams: one thread, as long as it gets on.
 *
 * <p>Who writes only when the connection takes something should never be held. But Open Liberty
 * says of every connection that it takes something, and holds who writes until the client has read,
 * or for the ten seconds of its time limit. So whoever adds must not be the one who writes; and
 * when all who write are held, there is one more.
 */
public final class Senders implements Executor, AutoCloseable {

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Senders::newThread,
          // After the end: what is still to be done is to end streams.
          (task, pool) -> task.run());

  // For whoever relieves.
  private long done;
  private boolean wasWaiting;

  /** None yet; they come when they are needed, and go when they are not. */
  public Senders() {
    threads.setMaximumPoolSize(Integer.MAX_VALUE);
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable work) {
    var thread = new Thread(work, "chronotrack-stream-sender");
    thread.setDaemon(true);
    return thread;
  }

  /** Has this done soon, by another thread. */
  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /**
   * Adds a thread if none has got on since the last time although something waited. To be called
   * now and then, by one thread.
   */
  public void relieve() {
    long before = done;
    boolean waited = wasWaiting;
    done = threads.getCompletedTaskCount();
    wasWaiting = !threads.getQueue().isEmpty();
    if (!wasWaiting) {
      // Does not touch those that are there: each goes when it has had nothing to do for a while.
      if (threads.getCorePoolSize() > 1) {
        threads.setCorePoolSize(1);
      }
    } else if (waited && done == before) {
      threads.setCorePoolSize(threads.getPoolSize() + 1);
    }
  }

  /** Takes leave of the threads when they have done what they have. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
