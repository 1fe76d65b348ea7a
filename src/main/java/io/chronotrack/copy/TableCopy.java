package io.chronotrack.copy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies the rows of a table in the order of their keys, in batches that are a transaction each. So
 * what the target has is always the beginning of the table, and where it ends is where an
 * interrupted copy goes on.
 */
final class TableCopy {

  /**
   * When a batch is full.
   *
   * @param rows that it may have
   * @param content characters of texts and bytes, which bound the memory that it takes; the row
   *     that passes the bound is the last one
   */
  record BatchSize(int rows, long content) {
    static final BatchSize USUAL = new BatchSize(5_000, 4L << 20);
  }

  private final Table table;
  private final Connection source;
  private final Connection target;
  private final BatchSize size;
  private final Progress progress;

  /**
   * @param target commits when it is told to
   */
  TableCopy(Table table, Connection source, Connection target, BatchSize size, Progress progress) {
    this.table = table;
    this.source = source;
    this.target = target;
    this.size = size;
    this.progress = progress;
  }

  /** Copies what the target does not have yet. */
  void run() throws SQLException {
    long all = Rows.count(source, table);
    Row last = Rows.last(target, table);
    long done = last == null ? 0 : Rows.count(target, table);
    try (Rows rows = new Rows(source, table, last)) {
      for (List<Row> batch = next(rows); !batch.isEmpty(); batch = next(rows)) {
        store(batch);
        done += batch.size();
        progress.tell(table, "copied", done, all);
      }
    }
    target.commit();
  }

  private List<Row> next(Rows rows) throws SQLException {
    List<Row> batch = new ArrayList<>();
    long content = 0;
    while (batch.size() < size.rows() && content < size.content()) {
      Row row = rows.next();
      if (row == null) {
        break;
      }
      batch.add(row);
      content += row.size();
    }
    return batch;
  }

  private void store(List<Row> batch) throws SQLException {
    // Anew for each: on SQLite it is the preparation that begins the transaction.
    try (PreparedStatement insert = target.prepareStatement(table.insert())) {
      for (Row row : batch) {
        row.insertBy(insert);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    target.commit();
  }
}
