package io.chronotrack.stats.store;

import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.storage.Database;
import io.chronotrack.storage.PostgresDatabase;
import io.chronotrack.storage.SqliteDatabase;
import java.io.PrintStream;
import java.util.List;

/**
 * The command that counts all runs of the configured database anew. The launcher calls it without a
 * server, so that neither this class nor what it uses may need a Jakarta API.
 */
public final class RebuildStatisticsCommand {

  private RebuildStatisticsCommand() {}

  /**
   * Counts and prints one line that tells how many runs there were. The database is brought up to
   * date first, as by a start of the service.
   *
   * @param arguments none
   * @return true
   * @throws InvalidSetting if there are arguments, or the database is nothing to work with, such as
   *     a file that a running service owns
   */
  public static boolean run(AppConfig config, List<String> arguments, PrintStream out) {
    if (!arguments.isEmpty()) {
      throw new InvalidSetting(
          "what follows --rebuild-statistics", "nothing", String.join(" ", arguments));
    }
    try (Database database = open(config)) {
      long runs = new StatisticsRebuild(database).run();
      out.println("Statistics were counted anew from " + runs + " runs that have ended.");
      return true;
    }
  }

  private static Database open(AppConfig config) {
    return switch (config.storage()) {
      case SQLITE -> SqliteDatabase.open(config.databaseFile());
      case POSTGRESQL -> {
        if (config.database().jndi() != null) {
          throw InvalidSetting.ofSecret(
              "DATABASE_URL", "given in place of DATABASE_JNDI, which only a server can look up");
        }
        yield PostgresDatabase.open(config.database(), config.limits().writeWait());
      }
      case MEMORY ->
          throw new InvalidSetting(
              "STORAGE", "sqlite or postgresql: what is in memory ends with its process", "memory");
    };
  }
}
