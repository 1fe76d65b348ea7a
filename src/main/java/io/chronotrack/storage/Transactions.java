package io.chronotrack.storage;

import java.util.function.Supplier;

/**
 * Runs what a service does with the stores. Services do not know how many transactions run at a
 * time, or on which thread.
 */
public interface Transactions {

  /**
   * Runs a command that changes something, and returns after its change is durable. Everything that
   * the command did is undone if it throws.
   *
   * <p>The command must capture all that it needs as values, for another request's thread may run
   * it, and check before it changes, for it may share its transaction and may be run a second time
   * if that one fails. A command may call services, whose own commands then are part of it.
   *
   * @throws StorageUnavailable if the change cannot be made now; nothing was changed
   */
  <T> T write(Supplier<T> command);

  /**
   * Runs a query on what has been committed, without waiting for any writer.
   *
   * @throws StorageUnavailable if the storage cannot be read now
   */
  <T> T read(Supplier<T> query);

  /**
   * Runs an action once the running command's change is durable, on the thread that asked for the
   * command; at once, if none is running. It is dropped if the command throws or its transaction
   * fails, and belongs to the outermost command if a service called another one.
   *
   * @param action such as a line for the log, or forgetting what is out of date now; must not throw
   */
  void onCommit(Runnable action);
}
