package io.chronotrack.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line per log record: time in UTC, level, logger, message. A stack trace follows on indented
 * lines.
 *
 * <p>Control characters are escaped, so that no text which came from outside can pretend to be a
 * log line of its own.
 */
public final class LogLine extends Formatter {

  /** Always three digits: with fewer the columns would not stand below each other. */
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** Behind time, level and the spaces between them. */
  private static final int LOGGER_COLUMN = 33;

  private static final List<Level> STANDARD =
      List.of(Level.SEVERE, Level.WARNING, Level.INFO, Level.CONFIG, Level.FINE, Level.FINER);

  @Override
  public String format(LogRecord record) {
    var line = new StringBuilder(160);
    MILLISECONDS.formatTo(record.getInstant(), line);
    line.append(' ').append(levelName(record.getLevel()));
    while (line.length() < LOGGER_COLUMN) {
      line.append(' ');
    }
    line.append(shortName(record.getLoggerName()))
        .append(": ")
        .append(escape(formatMessage(record)))
        .append(System.lineSeparator());
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      line.append(stackTrace(thrown));
    }
    return line.toString();
  }

  /** The text of the message; where the server logged the key of a text only, that text. */
  @Override
  public String formatMessage(LogRecord record) {
    if (record.getMessage() == null) {
      return "";
    }
    if (record.getResourceBundle() == null && record.getLoggerName() != null) {
      Logger logger = LogManager.getLogManager().getLogger(record.getLoggerName());
      if (logger != null) {
        record.setResourceBundle(logger.getResourceBundle());
      }
    }
    return super.formatMessage(record);
  }

  /** Libraries bring levels with names of their own, such as WARN. */
  private static String levelName(Level level) {
    for (Level standard : STANDARD) {
      if (level.intValue() >= standard.intValue()) {
        return standard.getName();
      }
    }
    return level.getName();
  }

  private static String shortName(@Nullable String logger) {
    // Some records of the server carry no logger name.
    return logger == null || logger.isEmpty() ? "-" : logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString()
        .lines()
        .map(line -> "    " + escape(line.replace("\t", "    ")) + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static String escape(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                  if (Character.isISOControl(c)) {
                    escaped.append(String.format("\\u%04x", c));
                  } else {
                    escaped.append((char) c);
                  }
                }
              }
            });
    return escaped.toString();
  }
}
