package io.chronotrack.launcher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;

/** Turns what the server and its libraries print into log records, a line each. */
final class PrintedLines extends OutputStream {

  static final String STDOUT = "stdout";
  static final String STDERR = "stderr";

  private final Logger log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  PrintedLines(String logger) {
    log = Logger.getLogger(logger);
  }

  /** Puts both standard streams into the log. */
  static void install() {
    System.setOut(stream(STDOUT));
    System.setErr(stream(STDERR));
  }

  private static PrintStream stream(String logger) {
    return new PrintStream(new PrintedLines(logger), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
      line.reset();
      if (!text.isEmpty()) {
        // Who prints in place of logging is not asked for a level; most of it is a complaint.
        log.warning(text);
      }
    } else {
      line.write(b);
    }
  }
}
