package io.chronotrack.run.store;

import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunStatus;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.WriteSessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The statement that adds to the table {@code run_events}, past Hibernate, because there is nothing
 * to manage. Queries read it as {@link RunEventRow}.
 *
 * <p>Events are numbered in the order in which they are committed. Where one writes at a time, that
 * is the order in which they are written, so they are counted here. Where several do, the database
 * gives each the number of its transaction, and a reader knows which of them are settled (see
 * {@link JpaRunJournal}).
 */
final class RunEventTable {

  private static final String COLUMNS =
      "run_id, version, type, from_status, to_status, changed, occurred_at, recorded_at";
  private static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?";

  /** The number is the default of its column. */
  private static final String INSERT_SHARED =
      "INSERT INTO run_events (" + COLUMNS + ") VALUES (" + VALUES + ")";

  private static final String INSERT =
      "INSERT INTO run_events (" + COLUMNS + ", sequence) VALUES (" + VALUES + ", ?)";

  private static final String HIGHEST =
      "select coalesce(max(e.sequence), 0) from RunEventRow e where e.sequence is not null";

  private final @Nullable IdCounter numbers;

  RunEventTable(WriteSessions writer) {
    numbers =
        writer.isShared()
            ? null
            : new IdCounter(
                () -> writer.current().createQuery(HIGHEST, Long.class).getSingleResult());
  }

  /** Adds events, in this order. */
  void insert(Connection connection, Collection<RunEvent> events) throws SQLException {
    try (var statement = connection.prepareStatement(numbers == null ? INSERT_SHARED : INSERT)) {
      for (RunEvent event : events) {
        set(statement, event);
        if (numbers != null) {
          statement.setLong(9, numbers.next());
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void set(PreparedStatement statement, RunEvent event) throws SQLException {
    RunStatus from = event.fromStatus();
    statement.setLong(1, event.runId());
    statement.setLong(2, event.version());
    statement.setString(3, event.type().name());
    statement.setString(4, from == null ? null : from.name());
    statement.setString(5, event.toStatus().name());
    statement.setString(6, RunEventRow.joined(event.changed()));
    statement.setLong(7, event.occurredAt().toEpochMilli());
    statement.setLong(8, event.recordedAt().toEpochMilli());
  }
}
