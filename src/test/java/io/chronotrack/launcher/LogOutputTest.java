package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogOutputTest {

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final LogOutput output = new LogOutput(console);

  @Test
  void linesOfTheStartAreHeldBackUntilItsOutcomeIsKnown() {
    output.publish(record("io.chronotrack.storage", Level.INFO, "opened"));
    assertThat(text()).isEmpty();

    output.open();
    output.publish(record("io.chronotrack.launcher", Level.INFO, "ready"));

    assertThat(text().lines()).hasSize(2);
    assertThat(text()).containsSubsequence("opened", "ready");
  }

  @Test
  void aRefusalOfTheApplicationIsRememberedAndTheRestIsDropped() {
    output.publish(record("io.chronotrack.storage", Level.INFO, "opening"));
    output.publish(record(LogOutput.REFUSALS, Level.SEVERE, "DATABASE_FILE must be a file"));
    output.publish(record("server", Level.SEVERE, "Startup of context failed"));
    output.close();
    output.publish(record("server", Level.SEVERE, "Deployment failed"));

    assertThat(output.refusal()).contains("DATABASE_FILE must be a file");
    assertThat(text()).isEmpty();
  }

  @Test
  void theFirstRefusalCounts() {
    output.publish(record(LogOutput.REFUSALS, Level.SEVERE, "first"));
    output.publish(record(LogOutput.REFUSALS, Level.SEVERE, "second"));

    assertThat(output.refusal()).contains("first");
  }

  @Test
  void anythingLessThanSevereIsNoRefusal() {
    output.publish(record(LogOutput.REFUSALS, Level.WARNING, "the file is large"));

    assertThat(output.refusal()).isEmpty();
  }

  @Test
  void linesAreUtf8WhateverTheLocaleSays() {
    output.open();
    output.publish(record("io.chronotrack", Level.INFO, "Größe 🚀"));

    assertThat(text()).contains("Größe 🚀");
  }

  private String text() {
    return console.toString(StandardCharsets.UTF_8);
  }

  private static LogRecord record(String logger, Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName(logger);
    return record;
  }
}
