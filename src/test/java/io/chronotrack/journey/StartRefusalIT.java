package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work ends at once, with one line that tells what to mend. */
class StartRefusalIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "PORT, abc",
    "PORT, 70000",
    "STORAGE, oracle",
    "APP_ENV, staging",
    "LOG_LEVEL, loud",
    "MAX_BODY_BYTES, -1"
  })
  void aSettingThatIsWrongIsNamed(String key, String value) throws Exception {
    assertThatItRefuses(key, value);
  }

  @Test
  void aDatabaseFileThatIsAFolderIsRefused() throws Exception {
    Path database = Files.createDirectory(folder.resolve("folder.db"));

    assertThatItRefuses("DATABASE_FILE", database.toString());
  }

  @Test
  void aDatabaseFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    String text = "Dear diary, ".repeat(500);
    Path database = Files.writeString(folder.resolve("diary.db"), text);

    assertThatItRefuses("DATABASE_FILE", database.toString());

    assertThat(database).hasContent(text);
  }

  @Test
  @ExtendWith(SharedChronoTrack.class)
  void aDatabaseFileThatAnotherProcessUsesIsRefused(ChronoTrackProcess other) throws Exception {
    assertThatItRefuses("DATABASE_FILE", other.databaseFile().toString());

    assertThat(other.client().get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  @ExtendWith(SharedChronoTrack.class)
  void aDatabaseFileOfANewerVersionIsRefused(ChronoTrackProcess other) throws Exception {
    Path database = folder.resolve("newer.db");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + other.databaseFile());
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + database + "'");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE newer AS SELECT * FROM schema_history LIMIT 1");
      statement.execute(
          "UPDATE newer SET installed_rank = 999, version = '999', script = 'V999__later.sql'");
      statement.execute("INSERT INTO schema_history SELECT * FROM newer");
    }

    String line = assertThatItRefuses("DATABASE_FILE", database.toString());

    assertThat(line).contains("newer version", "999");
  }

  @Test
  @ExtendWith(SharedChronoTrack.class)
  void aPortThatAnotherProcessUsesIsRefused(ChronoTrackProcess other) throws Exception {
    assertThatItRefuses("PORT", Integer.toString(other.port()));
  }

  private String assertThatItRefuses(String key, String value) throws Exception {
    try (var process = ChronoTrackProcess.in(folder).with(key, value)) {
      int exitCode = process.runToItsEnd();

      assertThat(exitCode).isNotZero();
      assertThat(process.outputLines())
          .singleElement()
          .satisfies(line -> assertThat(line).contains(key, value));
      return process.output();
    }
  }
}
