package io.chronotrack.copy;

import io.chronotrack.config.AppConfig;
import java.io.PrintStream;
import java.util.List;

/**
 * {@code chronotrack.jar --copy-to-postgresql}: copies the file at {@code DATABASE_FILE} to the
 * database at {@code DATABASE_URL}, whatever {@code STORAGE} says.
 */
public final class CopyToPostgresqlCommand {

  private CopyToPostgresqlCommand() {}

  /**
   * Copies, and prints how far it is and how it ended.
   *
   * @return whether the copy is complete and its audit intact
   * @throws io.chronotrack.config.InvalidSetting if one of the databases is nothing to work with
   */
  public static boolean run(AppConfig config, List<String> arguments, PrintStream out) {
    config.database().verify();
    return CopyCommand.run(
        () -> SqliteSide.source(config.databaseFile()),
        () -> PostgresSide.target(config.database()),
        out);
  }
}
