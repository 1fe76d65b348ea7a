package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final LogLine line = new LogLine();

  @Test
  void aRecordBecomesTimeLevelShortLoggerNameAndMessage() {
    assertThat(line.format(record(Level.INFO, "Run 7 was created")))
        .isEqualTo("2026-11-24T12:00:00.000Z INFO    RunService: Run 7 was created%n".formatted());
  }

  @Test
  void parametersAreFilledIn() {
    LogRecord record = record(Level.INFO, "Run {0} is {1}");
    record.setParameters(new Object[] {"7", "RUNNING"});

    assertThat(line.format(record)).contains("Run 7 is RUNNING");
  }

  @Test
  void aTextFromOutsideCannotPretendToBeALineOfItsOwn() {
    String forged = "name\r\n2026-11-24T12:00:01.000Z SEVERE \u001b[31mforged\u0000";

    assertThat(line.format(record(Level.INFO, forged)))
        .hasLineCount(1)
        .contains("name\\r\\n2026")
        .contains("\\u001b[31mforged\\u0000");
  }

  @Test
  void textsOtherThanEnglishStayAsTheyAre() {
    assertThat(line.format(record(Level.INFO, "Größe 🚀"))).contains("Größe 🚀");
  }

  @Test
  void aStackTraceFollowsOnIndentedLines() {
    LogRecord record = record(Level.SEVERE, "It failed");
    record.setThrown(new IllegalStateException("first\nsecond"));

    assertThat(line.format(record).lines().skip(1))
        .isNotEmpty()
        .allMatch(text -> text.startsWith("    "))
        .anyMatch(text -> text.contains("IllegalStateException: first"));
  }

  @Test
  void aLevelWithANameOfItsOwnIsShownAsTheStandardOne() {
    assertThat(line.format(record(new ForeignLevel(), "careful"))).contains(" WARNING RunService");
  }

  @Test
  void aRecordWithoutLoggerAndMessageIsALineAllTheSame() {
    LogRecord record = new LogRecord(Level.INFO, null);
    record.setInstant(NOON);

    assertThat(line.format(record)).isEqualTo("2026-11-24T12:00:00.000Z INFO    -: %n".formatted());
  }

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setInstant(NOON);
    record.setLoggerName("io.chronotrack.run.RunService");
    return record;
  }

  /** As logging libraries other than the JDK's bring them. */
  private static final class ForeignLevel extends Level {

    private static final long serialVersionUID = 1L;

    ForeignLevel() {
      super("WARN", Level.WARNING.intValue());
    }
  }
}
