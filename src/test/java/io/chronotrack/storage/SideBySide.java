package io.chronotrack.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

/** Lets several threads do something at the same moment. */
public final class SideBySide {

  private SideBySide() {}

  /**
   * Does something as often as told, all at once, and gives the results.
   *
   * @param threads must run each task in a thread of its own
   * @throws java.util.concurrent.ExecutionException if one of them fails
   */
  public static <T> List<T> run(Executor threads, int times, IntFunction<T> work) throws Exception {
    var ready = new CountDownLatch(times);
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      int number = i;
      var task =
          new FutureTask<T>(
              () -> {
                ready.countDown();
                ready.await();
                return work.apply(number);
              });
      tasks.add(task);
      threads.execute(task);
    }
    List<T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get());
    }
    return results;
  }

  /** Waits at a barrier, inside of what may throw nothing; how many were still to come. */
  public static int await(CyclicBarrier barrier) {
    try {
      return barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
