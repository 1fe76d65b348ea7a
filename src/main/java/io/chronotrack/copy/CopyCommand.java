package io.chronotrack.copy;

import java.io.PrintStream;
import java.sql.SQLException;

/** What both commands do: open the two databases, copy, and tell how it ended. */
final class CopyCommand {

  /** Opens one of the two. */
  interface Opening {
    CopySide open() throws SQLException;
  }

  private CopyCommand() {}

  /**
   * Copies, and prints how far it is and how it ended.
   *
   * @return whether the copy is complete and its audit intact
   * @throws io.chronotrack.config.InvalidSetting if one of the databases is nothing to work with
   */
  static boolean run(Opening from, Opening to, PrintStream out) {
    try (CopySide source = from.open();
        CopySide target = to.open()) {
      return new DatabaseCopy(out, System::nanoTime, TableCopy.BatchSize.USUAL).run(source, target);
    } catch (CopyDiffers e) {
      out.println(
          "The copy is not complete: "
              + e.getMessage()
              + ". Somebody has written to one of the databases since the copy was begun: stop the"
              + " service, empty the target, and copy again");
      return false;
    } catch (SQLException e) {
      out.println("The copy was interrupted: " + said(e) + ". Run it again, and it goes on");
      return false;
    }
  }

  /** The words of the database, on one line: those of a batch have the rows in them. */
  private static String said(SQLException failure) {
    SQLException next = failure.getNextException();
    String words = String.valueOf((next == null ? failure : next).getMessage());
    return words.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
