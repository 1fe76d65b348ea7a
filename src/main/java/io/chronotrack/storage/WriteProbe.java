package io.chronotrack.storage;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the storage can be written, by writing to it the way every command does.
 *
 * <p>Safe for use by many threads.
 */
public final class WriteProbe {

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
   * its data is looked for.
   *
   * @throws IllegalStateException if they do not
   */
  public void verifyTransactions() {
    WriteSessions database = writer;
    if (database == null) {
      return;
    }
    long committed = clock.millis();
    transactions.write(() -> store(database, committed));
    try {
      transactions.write(
          () -> {
            store(database, committed + 1);
            throw new RolledBackOnPurpose();
          });
    } catch (RolledBackOnPurpose e) {
      long stored = transactions.write(() -> stored(database));
      if (stored != committed) {
        throw new IllegalStateException(
            "the database does not take part in the server's transactions", e);
      }
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
