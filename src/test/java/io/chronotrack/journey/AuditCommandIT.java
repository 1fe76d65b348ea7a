package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.Outcome;
import io.chronotrack.audit.store.JpaAuditRepository;
import io.chronotrack.storage.SqliteFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code --verify-audit}, as an operator or a nightly job runs it. */
class AuditCommandIT {

  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  private Path temporary;

  @BeforeEach
  void makeAFolderForTemporaryFiles() throws Exception {
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  /** What a command left behind: its exit status and all it printed. */
  private record Result(int status, List<String> out, List<String> err) {}

  private Result verify(Path database, String... arguments) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                System.getProperty("chronotrack.jar"),
                "--verify-audit"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("DATABASE_FILE", database.toString());
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    assertThat(temporary).as("what the command leaves behind").isEmptyDirectory();
    return new Result(
        process.exitValue(),
        Files.readAllLines(out, StandardCharsets.UTF_8),
        Files.readAllLines(err, StandardCharsets.UTF_8));
  }

  private Path databaseWithThreeEntries() throws SQLException {
    try (var sqlite = new SqliteFixture(folder)) {
      var audit = new JpaAuditRepository(sqlite.writer(), sqlite.reader());
      for (int i = 1; i <= 3; i++) {
        var record =
            new AuditRecord(
                Instant.parse("2026-01-31T09:30:00.123Z"),
                1,
                "key/1",
                "job.create",
                "job/" + i,
                Outcome.DONE,
                "192.0.2.1",
                null,
                "{\"id\":" + i + "}");
        sqlite
            .transactions()
            .write(
                () -> {
                  audit.append(record);
                  return record;
                });
      }
    }
    return folder.resolve("chronotrack.db");
  }

  @Test
  void anIntactAuditIsConfirmedAndGivesTheAnchorForTheNextTime() throws Exception {
    Path database = databaseWithThreeEntries();

    Result first = verify(database);

    assertThat(first.status()).isZero();
    assertThat(first.err()).isEmpty();
    assertThat(first.out())
        .singleElement()
        .asString()
        .matches("The audit is intact: 3 entries, the last one is 3:[0-9a-f]{64}");

    String line = first.out().get(0);
    Result second = verify(database, "--expect", line.substring(line.lastIndexOf(' ') + 1));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void anAuditThatSomebodyHasChangedIsReportedWithTheEntry() throws Exception {
    Path database = databaseWithThreeEntries();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE audit SET actor = 'key/2' WHERE id = 2");
    }

    Result result = verify(database);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).singleElement().asString().startsWith("The audit is broken: entry 2 ");
  }

  @Test
  @ExtendWith(SharedChronoTrack.class)
  void theAuditOfARunningServiceCanBeChecked(ChronoTrackProcess service) throws Exception {
    Result result = verify(service.databaseFile());

    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).singleElement().asString().startsWith("The audit is intact: ");
    assertThat(service.client().get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void aFileThatDoesNotExistIsRefusedAndNotMade() throws Exception {
    Path missing = folder.resolve("none.db");

    Result result = verify(missing);

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsExactly(
            "ChronoTrack cannot start: DATABASE_FILE must be a file that exists, but is '"
                + missing
                + "'");
    assertThat(missing).doesNotExist();
  }

  @Test
  void anAnchorThatIsNoneIsRefused() throws Exception {
    Result result = verify(databaseWithThreeEntries(), "--expect", "yesterday");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).singleElement().asString().contains("--expect", "ID:HASH");
  }
}
