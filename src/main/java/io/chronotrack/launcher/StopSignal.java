package io.chronotrack.launcher;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The wish that the process ends, told by a signal.
 *
 * <p>Signals are handled, in place of a shutdown hook, because the virtual machine runs all hooks
 * at once, the server's among them, which cuts requests, and then ends with a status that is not
 * zero.
 */
final class StopSignal {

  /** HUP is what a closed terminal sends. A signal that the parent ignores stays ignored. */
  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  private enum Phase {
    STARTING,
    ABANDONED,
    UP
  }

  /** What a signal interrupts by ending the process. */
  interface Start {
    void run() throws Exception;
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
  private final CountDownLatch received = new CountDownLatch(1);
  private final Runnable abandonStart;

  private StopSignal(Runnable abandonStart) {
    this.abandonStart = abandonStart;
  }

  /**
   * Takes signals from now on.
   *
   * @param abandonStart ends the process without waiting for the start to finish, as a server that
   *     is starting cannot be stopped; runs on a thread of its own
   */
  static StopSignal install(Runnable abandonStart) throws ReflectiveOperationException {
    var signal = new StopSignal(abandonStart);
    Runnable receive = signal::receive;
    MethodHandle onSignal =
        MethodHandles.publicLookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(receive);
    for (String name : SIGNALS) {
      handle(name, onSignal);
    }
    return signal;
  }

  /**
   * Runs the start. If it is abandoned, this never returns: the process is about to end, and what
   * the start ran into on the way is of no interest.
   */
  void during(Start start) throws Exception {
    try {
      start.run();
    } finally {
      if (!phase.compareAndSet(Phase.STARTING, Phase.UP)) {
        new CountDownLatch(1).await();
      }
    }
  }

  /** Returns when the process is to end. */
  void await() throws InterruptedException {
    received.await();
  }

  @SuppressWarnings("UnusedMethod") // Reached through a method handle.
  private void receive() {
    if (phase.compareAndSet(Phase.STARTING, Phase.ABANDONED)) {
      abandonStart.run();
    }
    received.countDown();
  }

  /**
   * Reached by reflection, because the compiler warns of {@code sun.misc} whatever one does,
   * although the module {@code jdk.unsupported} exports it to all and the JDK has no other way to
   * handle a signal.
   */
  private static void handle(String name, MethodHandle onSignal)
      throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object action =
        MethodHandleProxies.asInterfaceInstance(
            handler, MethodHandles.dropArguments(onSignal, 0, signal));
    Object instance = signal.getConstructor(String.class).newInstance(name);
    signal.getMethod("handle", signal, handler).invoke(null, instance, action);
  }
}
