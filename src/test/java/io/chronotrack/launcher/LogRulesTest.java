package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRulesTest {

  private final LogRules rules = new LogRules();

  @Test
  void theApplicationsOwnRecordsPassAtEveryLevelThatItsLoggersLetThrough() {
    assertThat(rules.isLoggable(record("io.chronotrack.run.RunService", Level.FINE, "detail")))
        .isTrue();
    assertThat(rules.isLoggable(record("io.chronotrack", Level.INFO, "hello"))).isTrue();
  }

  @Test
  void aNameThatOnlyBeginsLikeTheApplicationsIsNotTheApplication() {
    assertThat(rules.isLoggable(record("io.chronotracker", Level.INFO, "hello"))).isFalse();
  }

  @Test
  void ofAllOthersOnlyWarningsAndErrorsPass() {
    assertThat(rules.isLoggable(record("org.flywaydb.core", Level.INFO, "1.1"))).isFalse();
    assertThat(rules.isLoggable(record("org.flywaydb.core", Level.WARNING, "old"))).isTrue();
    assertThat(rules.isLoggable(record(null, Level.SEVERE, "no logger"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          javax.enterprise.system.ssl.security | The SSL certificate with alias x has expired
          org.hibernate.orm.deprecation | HHH90000029: The [hibernate.enhancer.enableDirtyTracking] is
          jakarta.enterprise.web.util | registered the driver. To prevent a memory leak, the driver
          stdout | JdbcRuntimeExtension,  getAllSystemRAResourcesAndPools = []
          """)
  void knownNoiseOfTheServerIsDropped(String logger, String message) {
    assertThat(rules.isLoggable(record(logger, Level.WARNING, message))).isFalse();
  }

  @Test
  void aClientsMalformedAddressLeavesNoStackTrace() {
    LogRecord record = record("server.core", Level.SEVERE, "An error occurred in the container");
    record.setThrown(
        new IllegalArgumentException("URLDecoder: Illegal hex characters in escape (%) - %zz"));

    assertThat(rules.isLoggable(record)).isFalse();
  }

  @Test
  void theSameWordsFromTheApplicationAreNoNoise() {
    assertThat(
            rules.isLoggable(
                record("io.chronotrack.storage", Level.WARNING, "a memory leak, they say")))
        .isTrue();
  }

  private static LogRecord record(@Nullable String logger, Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName(logger);
    return record;
  }
}
