package io.chronotrack.stats.store;

import io.chronotrack.stats.store.StatisticsKey.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The statements on the table {@code run_statistics}, past Hibernate: a row is read, added to and
 * written in one go at the end of a transaction, which has nothing to manage and nothing to
 * compare.
 *
 * <p>On a database with one writer there is one row about each thing. Where several write at a
 * time, nobody waits for a row: a writer takes one that nobody holds, and if there is none, it adds
 * another. So there are as many rows about a thing as writers were busy with it at the same moment,
 * usually one, and nobody can be in anybody's way, in whatever order they take them. Whoever reads
 * adds them up.
 */
final class StatisticsTable {

  static final String TAKE =
      "SELECT kind, owner_id, hour, shard, content FROM run_statistics"
          + " WHERE kind = ? AND owner_id = ? AND hour = ?";

  /** One row for each key that has one which nobody holds; the others are passed over. */
  static final String TAKE_SHARED =
      "SELECT k.kind, k.owner_id, k.hour, s.shard, s.content"
          + " FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS k (kind, owner_id, hour)"
          + " CROSS JOIN LATERAL (SELECT t.shard, t.content FROM run_statistics t"
          + " WHERE t.kind = k.kind AND t.owner_id = k.owner_id AND t.hour = k.hour"
          + " ORDER BY t.shard LIMIT 1 FOR UPDATE SKIP LOCKED) AS s";

  static final String PUT =
      "INSERT INTO run_statistics (kind, owner_id, hour, shard, content) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (kind, owner_id, hour, shard) DO UPDATE SET content = excluded.content";

  static final String HOURS =
      "SELECT content FROM run_statistics"
          + " WHERE kind = ? AND owner_id = ? AND hour >= ? AND hour < ?";

  private static final String OF_JOBS =
      "SELECT owner_id, content FROM run_statistics WHERE kind = ? AND hour = 0 AND owner_id IN (";

  private final boolean isShared;

  /** What is done with the content of a row about a job or a project. */
  interface Reading {
    void read(long ownerId, byte[] content);
  }

  /**
   * @param isShared whether several write to the database at a time
   */
  StatisticsTable(boolean isShared) {
    this.isShared = isShared;
  }

  /** The number of a row that has none yet. */
  long newShard() {
    // Nobody sees what others are adding, so a number that can be guessed would be guessed twice.
    return isShared ? ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) : 0;
  }

  /** A row about each of these that has one, for the running transaction to write to. */
  Map<StatisticsKey, StatisticsRow> take(Connection connection, Collection<StatisticsKey> keys)
      throws SQLException {
    return isShared ? takeShared(connection, keys) : takeOnly(connection, keys);
  }

  private static Map<StatisticsKey, StatisticsRow> takeOnly(
      Connection connection, Collection<StatisticsKey> keys) throws SQLException {
    Map<StatisticsKey, StatisticsRow> taken = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      for (StatisticsKey key : keys) {
        statement.setInt(1, key.kind().code());
        statement.setLong(2, key.ownerId());
        statement.setLong(3, key.hour());
        collect(statement, taken);
      }
    }
    return taken;
  }

  private static Map<StatisticsKey, StatisticsRow> takeShared(
      Connection connection, Collection<StatisticsKey> keys) throws SQLException {
    Map<StatisticsKey, StatisticsRow> taken = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TAKE_SHARED)) {
      setArray(statement, 1, keys.stream().map(key -> (long) key.kind().code()).toArray());
      setArray(statement, 2, keys.stream().map(StatisticsKey::ownerId).toArray());
      setArray(statement, 3, keys.stream().map(StatisticsKey::hour).toArray());
      collect(statement, taken);
    }
    return taken;
  }

  private static void setArray(PreparedStatement statement, int place, Object[] values)
      throws SQLException {
    statement.setArray(place, statement.getConnection().createArrayOf("bigint", values));
  }

  private static void collect(PreparedStatement statement, Map<StatisticsKey, StatisticsRow> taken)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        var key = new StatisticsKey(Kind.of(rows.getInt(1)), rows.getLong(2), rows.getLong(3));
        taken.put(key, new StatisticsRow(key, rows.getLong(4), rows.getBytes(5)));
      }
    }
  }

  /** Stores rows, new ones and such that were taken. */
  void put(Connection connection, List<StatisticsRow> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      for (StatisticsRow row : rows) {
        statement.setInt(1, row.key().kind().code());
        statement.setLong(2, row.key().ownerId());
        statement.setLong(3, row.key().hour());
        statement.setLong(4, row.shard());
        statement.setBytes(5, row.content());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Reads the rows of jobs that are about no hour. */
  void readJobs(Connection connection, Collection<Long> jobIds, Reading reading)
      throws SQLException {
    if (jobIds.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ofJobs(jobIds.size()))) {
      int place = 1;
      statement.setInt(place++, Kind.JOB.code());
      for (long jobId : jobIds) {
        statement.setLong(place++, jobId);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reading.read(rows.getLong(1), rows.getBytes(2));
        }
      }
    }
  }

  /** The statement by which the rows of so many jobs are read. */
  static String ofJobs(int count) {
    return OF_JOBS + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  /** Reads the rows of certain hours. */
  void readHours(
      Connection connection,
      Kind kind,
      Collection<Long> ownerIds,
      long firstHour,
      long endHour,
      Reading reading)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOURS)) {
      for (long ownerId : ownerIds) {
        statement.setInt(1, kind.code());
        statement.setLong(2, ownerId);
        statement.setLong(3, firstHour);
        statement.setLong(4, endHour);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            reading.read(ownerId, rows.getBytes(1));
          }
        }
      }
    }
  }
}
