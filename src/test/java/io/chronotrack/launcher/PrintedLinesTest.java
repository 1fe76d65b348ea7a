package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {

  private static final Logger LOG = Logger.getLogger("printed.lines.test");

  private final List<String> messages = new ArrayList<>();
  private final Handler handler = new Remembering();

  @BeforeEach
  void listen() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(handler);
  }

  @Test
  void eachLineBecomesARecordAndEmptyOnesNone() {
    var stream = new PrintStream(new PrintedLines(LOG.getName()), true, StandardCharsets.UTF_8);

    stream.print("Größe ");
    stream.print("1\r\n\n\n");
    stream.println("second {0}");

    assertThat(messages).containsExactly("Größe 1", "second {0}");
  }

  private final class Remembering extends Handler {

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
