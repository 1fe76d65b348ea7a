package io.chronotrack.copy;

import io.chronotrack.audit.store.VerifyAuditCommand;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The way of a copy, from an empty target to one that the service may use. */
final class DatabaseCopy {

  private final PrintStream out;
  private final Progress progress;
  private final TableCopy.BatchSize size;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  DatabaseCopy(PrintStream out, LongSupplier nanoTime, TableCopy.BatchSize size) {
    this.out = out;
    this.progress = new Progress(out, nanoTime);
    this.size = size;
  }

  /**
   * Copies all rows, or those that are missing, and compares all.
   *
   * @return whether the audit, which is copied as it is, is intact
   * @throws CopyDiffers if the two databases do not have the same rows afterwards
   * @throws SQLException if one of them failed; running it again goes on
   */
  boolean run(CopySide source, CopySide target) throws SQLException {
    Schema schema =
        target.database().isShared()
            ? Schema.of(target.connection(), source.connection())
            : Schema.of(source.connection(), target.connection());
    var mark = new CopyTarget(target, schema);
    boolean goesOn = mark.begin(identity(source));
    progress.say(
        (goesOn ? "Going on with the copy of " : "Copying ")
            + source.location()
            + " to "
            + target.location());
    for (Table table : schema.tables()) {
      new TableCopy(table, source.connection(), target.connection(), size, progress).run();
    }
    long rows = compare(schema, source.connection(), target.connection());
    boolean intact = VerifyAuditCommand.run(target.connection(), out);
    target.connection().commit();
    mark.finish();
    progress.say(
        "The copy is complete: "
            + rows
            + " rows in "
            + schema.tables().size()
            + " tables, all the same on both sides");
    return intact;
  }

  private long compare(Schema schema, Connection source, Connection target) throws SQLException {
    long all = 0;
    for (Table table : schema.tables()) {
      long rows = new TableComparison(table, source, target, progress).run();
      target.commit();
      progress.say(table.name() + ": " + rows + " rows, the same on both sides");
      all += rows;
    }
    return all;
  }

  /** Where the source is and when it was made: another database may lie at the same place. */
  private static String identity(CopySide source) throws SQLException {
    long made =
        Numbers.ask(source.connection(), "SELECT created_at FROM projects ORDER BY id LIMIT 1");
    return source.location() + " of " + Instant.ofEpochMilli(made);
  }
}
