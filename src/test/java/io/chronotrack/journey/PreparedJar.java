package io.chronotrack.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The executable jar, prepared as it is in the container, which saves each of the many starts of
 * the tests a fifth. It takes most of a minute, so it is done beside the tests that need no such
 * start, and when the first one asks for it.
 */
final class PreparedJar {

  private PreparedJar() {}

  private static final class Holder {
    static final String PATH = prepare(System.getProperty("chronotrack.jar"));
  }

  /** Where it is. */
  static String path() {
    return Holder.PATH;
  }

  private static String prepare(String jar) {
    if (!Boolean.getBoolean("chronotrack.prepare")) {
      return jar;
    }
    try {
      ProcessBuilder command =
          new ProcessBuilder("sh", Server.configuration("payara-micro", "start.sh"), "--prepare")
              .redirectErrorStream(true);
      command.environment().put("CHRONOTRACK_JAR", jar);
      Process process = command.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("start.sh --prepare failed:\n" + output);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during start.sh --prepare", e);
    }
  }
}
