package io.chronotrack.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The only log handler of the process; {@code logging.properties} names it.
 *
 * <p>The log manager creates one by the name of its class whenever it reads its configuration, and
 * the server makes it do so once more in the middle of the start. Therefore all instances share one
 * output, which is the reason for the static fields.
 */
public final class ConsoleLog extends Handler {

  private static final String CONFIGURATION = "/MICRO-INF/domain/logging.properties";

  /** Not {@code System.out}, which ends in this log itself. */
  private static final LogOutput OUTPUT = new LogOutput(new FileOutputStream(FileDescriptor.out));

  /** Held here, since the log manager forgets loggers, and their levels, that nobody holds. */
  private static final Logger APPLICATION = Logger.getLogger("io.chronotrack");

  private static volatile Level applicationLevel = Level.INFO;

  /** Called by the log manager, which has just set all levels back to what its file says. */
  public ConsoleLog() {
    APPLICATION.setLevel(applicationLevel);
  }

  /** Makes this the log of the process, holding lines back until {@link #output} is opened. */
  static void install(Level level) throws IOException {
    applicationLevel = level;
    try (InputStream configuration = ConsoleLog.class.getResourceAsStream(CONFIGURATION)) {
      if (configuration == null) {
        throw new IOException("The jar lacks " + CONFIGURATION);
      }
      LogManager.getLogManager().readConfiguration(configuration);
    }
    PrintedLines.install();
  }

  static LogOutput output() {
    return OUTPUT;
  }

  @Override
  public void publish(LogRecord record) {
    OUTPUT.publish(record);
  }

  @Override
  public void flush() {
    // Every line is written at once.
  }

  @Override
  public void close() {
    // The output outlives this handler: the next one goes on with it.
  }
}
