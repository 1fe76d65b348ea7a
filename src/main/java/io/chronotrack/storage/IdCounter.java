package io.chronotrack.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the ids of one table, counting on from the highest that the table has. Ids that were
 * given out for a transaction that failed are not given out again.
 *
 * <p>Counting in memory is right only because one process owns the database (see {@link
 * FileOwnership}). Safe for use by many threads.
 */
public final class IdCounter {

  private final LongSupplier highestStored;
  private volatile @Nullable AtomicLong last;

  /**
   * @param highestStored finds the highest id of the table, 0 if it is empty; asked once, in the
   *     transaction that needs the first id
   */
  public IdCounter(LongSupplier highestStored) {
    this.highestStored = highestStored;
  }

  /** The next id. */
  public long next() {
    AtomicLong counter = last;
    return (counter == null ? start() : counter).incrementAndGet();
  }

  private synchronized AtomicLong start() {
    AtomicLong counter = last;
    if (counter == null) {
      counter = new AtomicLong(highestStored.getAsLong());
      last = counter;
    }
    return counter;
  }
}
