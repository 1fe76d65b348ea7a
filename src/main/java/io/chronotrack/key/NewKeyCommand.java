package io.chronotrack.key;

import io.chronotrack.config.AppConfig;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.List;

/** {@code chronotrack.jar --new-key}: makes a key for the setting {@code ADMIN_KEY}. */
public final class NewKeyCommand {

  private NewKeyCommand() {}

  /** Prints a key that nobody has seen, and nothing else. */
  public static boolean run(AppConfig config, List<String> arguments, PrintStream out) {
    out.println(KeyText.random(new SecureRandom()).text());
    return true;
  }
}
