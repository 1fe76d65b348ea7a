package io.chronotrack.launcher;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the process is asked to do on its command line; settings come from the environment. */
enum Command {
  /** Start the service and keep it up until the process is told to stop. */
  SERVE("", "start the service"),
  /** Start with the settings as they are, but on a free local port; ask for health; stop. */
  CHECK("--check", "start on a free local port, ask for its health, stop"),
  /** Print the version. */
  VERSION("--version", "print the version"),
  /** Print what can be asked for. */
  HELP("--help", "print this text");

  private final String option;
  private final String purpose;

  Command(String option, String purpose) {
    this.option = option;
    this.purpose = purpose;
  }

  /**
   * The command that the arguments ask for.
   *
   * @throws CannotStart if they ask for none, or for more than one
   */
  static Command of(String... args) {
    if (args.length > 1) {
      throw new CannotStart(
          ExitStatus.REFUSED, "one option at most, but there are " + args.length + ". See --help");
    }
    String wanted = args.length == 0 ? "" : args[0];
    return Arrays.stream(values())
        .filter(command -> command.option.equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new CannotStart(
                    ExitStatus.REFUSED, "there is no option '" + wanted + "'. See --help"));
  }

  /** How to call the program, in a few lines. */
  static String usage() {
    String options =
        Arrays.stream(values())
            .filter(command -> !command.option.isEmpty())
            .map(command -> String.format("  %-10s %s%n", command.option, command.purpose))
            .collect(Collectors.joining());
    return String.format(
            "Usage: java -jar chronotrack.jar [option]%nWithout an option the service starts.%n")
        + options
        + String.format(
            "Settings are environment variables: PORT, BIND, DATABASE_FILE, APP_ENV, STORAGE,%n"
                + "LOG_LEVEL and the limits; README.md lists them all.%n");
  }
}
