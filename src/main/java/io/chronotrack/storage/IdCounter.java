package io.chronotrack.storage;

import java.util.function.LongSupplier;

/**
 * Gives out the ids of one table, each once and in rising order. Ids that were given out for a
 * transaction that failed are not given out again.
 *
 * <p>It counts in memory, within a block of ids that nobody else has. On a database that one
 * process owns (see {@link FileOwnership}) that is everything beyond the highest id of the table;
 * on one that several share, blocks come from a sequence. Safe for use by many threads.
 */
public final class IdCounter {

  private final LongSupplier nextBlock;
  private final long blockSize;
  private long last;
  private long end;

  /**
   * Counts on from the highest id of a table.
   *
   * @param highestStored finds the highest id of the table, 0 if it is empty; asked once, in the
   *     transaction that needs the first id
   */
  public IdCounter(LongSupplier highestStored) {
    this(highestStored, Long.MAX_VALUE);
  }

  /**
   * Counts through blocks.
   *
   * @param nextBlock gives the last id before a new block; asked in the transaction that needs its
   *     first id
   * @param blockSize ids of a block
   */
  IdCounter(LongSupplier nextBlock, long blockSize) {
    this.nextBlock = nextBlock;
    this.blockSize = blockSize;
  }

  /** The next id. */
  public synchronized long next() {
    if (last == end) {
      long before = nextBlock.getAsLong();
      last = before;
      end = blockSize > Long.MAX_VALUE - before ? Long.MAX_VALUE : before + blockSize;
    }
    return ++last;
  }
}
