package io.chronotrack.storage;

import io.chronotrack.problem.DomainException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A command that waits for its turn, and what became of it. Made by the thread that wants the
 * result; run by whichever thread has the turn.
 */
final class QueuedWrite<T> {

  private enum State {
    /** Nobody has begun with it. */
    WAITING,
    /** Somebody runs it, and will finish it. */
    TAKEN,
    /** Its result is there, and durable. */
    FINISHED,
    /** Its owner has given it up before anybody began. */
    ABANDONED
  }

  private final Supplier<T> command;
  private final Thread owner = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  // Written before the state becomes FINISHED, read after it has.
  private @Nullable T result;
  private @Nullable Throwable failure;
  private @Nullable QueuedWrite<?> next;
  private final List<Runnable> onCommit = new ArrayList<>();

  QueuedWrite(Supplier<T> command) {
    this.command = command;
  }

  /** Whether it waits still. */
  boolean isWaiting() {
    return state.get() == State.WAITING;
  }

  boolean isFinished() {
    return state.get() == State.FINISHED;
  }

  /** Makes it the caller's to run, unless its owner has given it up. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** Gives it up, unless somebody has begun with it. */
  boolean abandon() {
    return state.compareAndSet(State.WAITING, State.ABANDONED);
  }

  /**
   * Runs it in the running transaction, which others share. A refusal is a result like any other:
   * commands check before they change, so that one which is refused has left nothing behind.
   */
  void runAmongOthers() {
    reset();
    try {
      result = command.get();
    } catch (DomainException refusal) {
      failure = refusal;
    }
  }

  /** Runs it in a transaction of its own. */
  void runAlone(JtaTransaction transaction) {
    reset();
    try {
      result = transaction.run(command);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Forgets an earlier run, which was rolled back. */
  private void reset() {
    failure = null;
    onCommit.clear();
  }

  /** Lets the owner do this when the change is durable. Called by the command while it runs. */
  void onCommit(Runnable action) {
    onCommit.add(action);
  }

  /** Makes it fail for a reason that is not its own. */
  void fail(Throwable reason) {
    failure = reason;
  }

  /**
   * Lets the owner have the result, when it is awake.
   *
   * @param next whose owner it then wakes; {@code null} if there is none
   * @throws IllegalStateException if that one is not finished: this owner may be awake already and
   *     wake the next at once, which would find nothing and sleep on for ever
   */
  void finish(@Nullable QueuedWrite<?> next) {
    if (next != null && !next.isFinished()) {
      throw new IllegalStateException("the owner to be woken has no result yet");
    }
    this.next = next;
    state.set(State.FINISHED);
  }

  /** Makes the owner look whether it has its result, or its turn. */
  void wake() {
    LockSupport.unpark(owner);
  }

  /**
   * The result of a command that is finished, after what was to be done on its commit. For its
   * owner, once, who first of all wakes the next.
   */
  @SuppressWarnings("NullAway") // A command that gives null has promised to.
  T result() {
    if (next != null) {
      next.wake();
    }
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
    onCommit.forEach(Runnable::run);
    return result;
  }
}
