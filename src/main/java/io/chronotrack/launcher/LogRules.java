package io.chronotrack.launcher;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Which log records are worth a line. */
final class LogRules implements Filter {

  private static final String APPLICATION = "io.chronotrack";

  @Override
  public boolean isLoggable(LogRecord record) {
    String logger = record.getLoggerName();
    if (logger != null && (logger.equals(APPLICATION) || logger.startsWith(APPLICATION + "."))) {
      return true;
    }
    // Checked here as well as in logging.properties, because the server gives some of its loggers
    // a level of their own while it starts.
    return record.getLevel().intValue() >= Level.WARNING.intValue()
        && !ServerNoise.includes(record);
  }
}
