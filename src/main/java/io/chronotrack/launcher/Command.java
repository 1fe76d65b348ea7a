package io.chronotrack.launcher;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the process is asked to do on its command line; settings come from the environment. */
enum Command {
  /** Start the service and keep it up until the process is told to stop. */
  SERVE("", "", "start the service"),
  /** Start with the settings as they are, but on a free local port; ask for health; stop. */
  CHECK("--check", "", "start on a free local port, ask for its health, stop"),
  /** Go through the audit of the database, which a running service may be using. */
  VERIFY_AUDIT(
      "--verify-audit", "[--expect ID:HASH]", "check the audit, and that it has that entry"),
  /** Copy everything from SQLite into an empty PostgreSQL database. */
  COPY_TO_POSTGRESQL(
      "--copy-to-postgresql", "", "copy DATABASE_FILE into the empty database at DATABASE_URL"),
  /** Copy everything from PostgreSQL into an empty SQLite file. */
  COPY_TO_SQLITE(
      "--copy-to-sqlite", "", "copy the database at DATABASE_URL into a new DATABASE_FILE"),
  /** Count the statistics of the database anew. */
  REBUILD_STATISTICS(
      "--rebuild-statistics", "", "count all runs anew; the service must not be running"),
  /** Print a key that nobody has seen. */
  NEW_KEY("--new-key", "", "print a new key for the setting ADMIN_KEY"),
  /** Unpack the server beside the jar, from where it starts faster. */
  UNPACK("--unpack", "", "unpack the server beside the jar, as start.sh --prepare does"),
  /** Print the version. */
  VERSION("--version", "", "print the version"),
  /** Print what can be asked for. */
  HELP("--help", "", "print this text");

  private final String option;
  private final String arguments;
  private final String purpose;

  Command(String option, String arguments, String purpose) {
    this.option = option;
    this.arguments = arguments;
    this.purpose = purpose;
  }

  /**
   * The command that the arguments ask for. Whatever follows the option of one that takes arguments
   * is left for it to check.
   *
   * @throws CannotStart if they ask for none, or for more than one
   */
  static Command of(String... args) {
    String wanted = args.length == 0 ? "" : args[0];
    Command asked =
        Arrays.stream(values())
            .filter(command -> command.option.equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    new CannotStart(
                        ExitStatus.REFUSED, "there is no option '" + wanted + "'. See --help"));
    if (args.length > 1 && asked.arguments.isEmpty()) {
      throw new CannotStart(
          ExitStatus.REFUSED, "one option at most, but there are " + args.length + ". See --help");
    }
    return asked;
  }

  /** How to call the program, in a few lines. */
  static String usage() {
    String options =
        Arrays.stream(values())
            .filter(command -> !command.option.isEmpty())
            .map(
                command ->
                    String.format(
                        "  %-34s %s%n", command.option + " " + command.arguments, command.purpose))
            .collect(Collectors.joining());
    return String.format(
            "Usage: java -jar chronotrack.jar [option]%nWithout an option the service starts.%n")
        + options
        + String.format(
            "Settings are environment variables: PORT, BIND, DATABASE_FILE, APP_ENV, STORAGE,%n"
                + "LOG_LEVEL and the limits; README.md lists them all.%n");
  }
}
