package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What cannot work with PostgreSQL ends at once, with one line that tells what to mend and no
 * password; what each database can be refused for, its own test tells.
 */
class PostgresRefusalIT {

  private static final String PASSWORD = "do-not-show-me";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "DATABASE_URL, postgres://ct:do-not-show-me@db/ct",
    "DATABASE_URL, jdbc:postgresql://db/ct?user=ct&password=do-not-show-me",
    "DATABASE_URL, jdbc:postgresql://ct:do-not-show-me@db/ct",
    "DATABASE_POOL_SIZE, 0"
  })
  void aSettingThatIsWrongIsNamed(String key, String value) throws Exception {
    assertThatItRefuses(process().with(key, value), key);
  }

  @Test
  void aMissingUrlIsNamed() throws Exception {
    assertThatItRefuses(process().without("DATABASE_URL"), "DATABASE_URL");
  }

  @Test
  void aMissingSecretForKeysIsNamed() throws Exception {
    assertThatItRefuses(process().with("AUTH", "on"), "HASH_SECRET");
  }

  @Test
  void aServerThatCannotBeReachedIsNamed() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + ChronoTrackProcess.freePort() + "/ct";
    assertThatItRefuses(process().with("DATABASE_URL", url), "DATABASE_URL", url, "reached");
  }

  @Test
  void aWrongPasswordIsNotShown() throws Exception {
    String database = PostgresServer.newDatabase();
    var process =
        ChronoTrackProcess.in(folder)
            .onPostgres(database)
            .with("DATABASE_USER", PostgresServer.newRole("right"))
            .with("DATABASE_PASSWORD", PASSWORD);
    assertThatItRefuses(process, "DATABASE_PASSWORD");
  }

  @Test
  void anotherProgramsDatabaseIsNamed() throws Exception {
    String database = PostgresServer.newDatabase();
    PostgresServer.execute(database, "CREATE TABLE other (id int)");
    assertThatItRefuses(
        ChronoTrackProcess.in(folder).onPostgres(database),
        "DATABASE_URL",
        PostgresServer.url(database),
        "another program");
  }

  private ChronoTrackProcess process() throws Exception {
    return ChronoTrackProcess.in(folder)
        .with("STORAGE", "postgresql")
        .with("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/ct")
        .with("DATABASE_USER", "ct")
        .with("DATABASE_PASSWORD", PASSWORD);
  }

  private static void assertThatItRefuses(ChronoTrackProcess process, String... words)
      throws Exception {
    try (process) {
      assertThat(process.runToItsEnd()).isNotZero();
      assertThat(process.outputLines()).singleElement().asString().contains(words);
      assertThat(process.output()).doesNotContain(PASSWORD);
    }
  }
}
