package io.chronotrack.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a table of both databases, row by row and value by value. That also finds what no count
 * would: a source that somebody wrote to between a copy that was interrupted and its end.
 */
final class TableComparison {

  private final Table table;
  private final Connection source;
  private final Connection target;
  private final Progress progress;

  TableComparison(Table table, Connection source, Connection target, Progress progress) {
    this.table = table;
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Compares all rows.
   *
   * @return how many there are, on each side
   * @throws CopyDiffers naming the first row that is not the same on both sides
   */
  long run() throws SQLException {
    long all = Rows.count(source, table);
    long alike = 0;
    try (Rows expected = new Rows(source, table, null);
        Rows actual = new Rows(target, table, null)) {
      Row row = nextAlike(expected, actual);
      while (row != null) {
        alike++;
        progress.tell(table, "compared", alike, all);
        row = nextAlike(expected, actual);
      }
    }
    return alike;
  }

  private @Nullable Row nextAlike(Rows expected, Rows actual) throws SQLException {
    Row ours = expected.next();
    Row theirs = actual.next();
    if (!Objects.equals(ours, theirs)) {
      Row known = ours == null ? theirs : ours;
      throw new CopyDiffers(
          table.name() + ": the row " + (known == null ? "" : known.key()) + " is not the same");
    }
    return ours;
  }
}
