package io.chronotrack.storage;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the storage can be written, by writing to it the way every command does.
 *
 * <p>Safe for use by many threads.
 */
public final class WriteProbe {

  /** As many instances may start at the same moment; in each round one of them is the last. */
  private static final int MOST_ATTEMPTS = 100;

  private static final System.Logger LOG = System.getLogger(WriteProbe.class.getName());

  private final Transactions transactions;
  private final @Nullable WriteSessions writer;
  private final Clock clock;

  /**
   * @param writer where commands write; {@code null} if the storage is the heap, which can always
   *     be written
   */
  public WriteProbe(Transactions transactions, @Nullable WriteSessions writer, Clock clock) {
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Makes one durable write.
   *
   * @throws StorageUnavailable if the storage cannot be written now
   */
  public void write() {
    WriteSessions database = writer;
    if (database != null) {
      long now = clock.millis();
      transactions.write(() -> store(database, now));
    }
  }

  /**
   * Checks that a write which is rolled back leaves nothing, and that one which is committed stays:
   * an application whose persistence does not take part in the server's transactions works until
   * its data is looked for. Other instances may write in between; then it is done again.
   *
   * @throws IllegalStateException if they do not
   */
  public void verifyTransactions() {
    WriteSessions database = writer;
    if (database == null) {
      return;
    }
    for (int left = MOST_ATTEMPTS; left > 0; left--) {
      long committed = clock.millis();
      // No time, so that it is nobody else's.
      long rolledBack = -1 - ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
      transactions.write(() -> store(database, committed));
      storeAndRollBack(database, rolledBack);
      long stored = transactions.write(() -> stored(database));
      if (stored == committed) {
        return;
      }
      if (stored == rolledBack) {
        break;
      }
    }
    throw new IllegalStateException("the database does not take part in the server's transactions");
  }

  private void storeAndRollBack(WriteSessions database, long time) {
    try {
      transactions.write(
          () -> {
            store(database, time);
            throw new RolledBackOnPurpose();
          });
    } catch (RolledBackOnPurpose e) {
      LOG.log(Level.DEBUG, "A write was rolled back, as it should be");
    }
  }

  private static int store(WriteSessions database, long time) {
    return database
        .current()
        .createNativeQuery(
            "INSERT INTO write_probe (id, probed_at) VALUES (1, :time)"
                + " ON CONFLICT (id) DO UPDATE SET probed_at = excluded.probed_at")
        .setParameter("time", time)
        .executeUpdate();
  }

  private static long stored(WriteSessions database) {
    return ((Number)
            database
                .current()
                .createNativeQuery("SELECT probed_at FROM write_probe WHERE id = 1")
                .getSingleResult())
        .longValue();
  }

  private static final class RolledBackOnPurpose extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
