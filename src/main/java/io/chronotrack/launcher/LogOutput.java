package io.chronotrack.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where log lines go. While the service starts they are held back, because only the outcome tells
 * whether they are of use: a healthy start shows them, a failed one too, but when the application
 * said in one line what is wrong, that line stands alone.
 */
final class LogOutput {

  /** The application logs here, at level SEVERE, why it refuses to start. */
  static final String REFUSALS = "io.chronotrack.startup";

  /** Far more than any start gives; the bound keeps a start that loops from filling the heap. */
  private static final int MOST_HELD = 5_000;

  private enum State {
    HOLDING,
    OPEN,
    CLOSED
  }

  private final OutputStream out;
  private final Filter rules = new LogRules();
  private final Formatter format = new LogLine();
  private final Deque<String> held = new ArrayDeque<>();
  private State state = State.HOLDING;
  private @Nullable String refusal;

  LogOutput(OutputStream out) {
    this.out = out;
  }

  void publish(LogRecord record) {
    if (rules.isLoggable(record)) {
      // Before the lock: those whose changes were stored by one commit log at the same moment.
      publish(record, format.format(record));
    }
  }

  private synchronized void publish(LogRecord record, String line) {
    switch (state) {
      case OPEN -> write(line);
      case HOLDING -> {
        if (refusal == null && isRefusal(record)) {
          refusal = format.formatMessage(record);
        }
        if (held.size() == MOST_HELD) {
          held.removeFirst();
        }
        held.addLast(line);
      }
      case CLOSED -> {
        // Nobody reads it any more.
      }
    }
  }

  /** Why the application refused to start, if it said so. */
  synchronized Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Writes what was held back, and from now on every record at once. */
  synchronized void open() {
    state = State.OPEN;
    held.forEach(this::write);
    held.clear();
  }

  /** Writes nothing more, not even what was held back. */
  synchronized void close() {
    state = State.CLOSED;
    held.clear();
  }

  private static boolean isRefusal(LogRecord record) {
    return REFUSALS.equals(record.getLoggerName())
        && record.getLevel().intValue() >= Level.SEVERE.intValue();
  }

  private void write(String line) {
    try {
      // UTF-8 whatever the locale says: in a container there is none, and names would turn into
      // question marks.
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // The reader of the log has gone. That is no reason to stop serving, and there is no place
      // left to tell it.
      state = State.CLOSED;
    }
  }
}
