package io.chronotrack.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.audit.AuditChain;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.Outcome;
import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.storage.SqliteFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says about an audit, as it was written and after somebody has been at it. */
@NullUnmarked // JUnit fills the fields.
class VerifyAuditCommandTest {

  private static final String NO_SUCH_HASH = "0".repeat(64);

  private static Path written;

  private final Path folder;
  private final Path file;

  VerifyAuditCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("chronotrack.db");
  }

  @BeforeAll
  static void writeFiveEntries(@TempDir Path folder) throws SQLException {
    try (var sqlite = new SqliteFixture(folder)) {
      var repository = new JpaAuditRepository(sqlite.writer(), sqlite.reader());
      for (int i = 1; i <= 5; i++) {
        String subject = "jöb/" + i;
        sqlite
            .transactions()
            .write(
                () -> {
                  repository.append(record(subject));
                  return subject;
                });
      }
    }
    written = folder.resolve("chronotrack.db");
  }

  @BeforeEach
  void copyWhatWasWritten() throws IOException {
    Files.copy(written, file);
  }

  private static AuditRecord record(String subject) {
    return new AuditRecord(
        Instant.parse("2026-01-31T09:30:00.123Z"),
        1,
        "key/1",
        "job.change",
        subject,
        Outcome.DONE,
        "192.0.2.1",
        "{\"name\":\"a\"}",
        null);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String hash(int id) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT hash FROM audit WHERE id = " + id)) {
      return row.getString(1);
    }
  }

  private static AppConfig config(Path file, String storage) {
    var settings = Map.of("DATABASE_FILE", file.toString(), "STORAGE", storage);
    return AppConfig.from(key -> Optional.ofNullable(settings.get(key)));
  }

  private String verify(boolean intact, String... arguments) {
    var printed = new ByteArrayOutputStream();
    boolean result =
        VerifyAuditCommand.run(
            config(file, "sqlite"),
            List.of(arguments),
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(result).as(text).isEqualTo(intact);
    assertThat(text.lines()).hasSize(1);
    return text.strip();
  }

  @Test
  void whatWasWrittenIsIntact() throws SQLException {
    assertThat(verify(true))
        .isEqualTo("The audit is intact: 5 entries, the last one is 5:" + hash(5));
  }

  @Test
  void anAuditWithoutEntriesIsIntact() throws SQLException {
    execute("DELETE FROM audit", "UPDATE audit_head SET last_id = 0, hash = ''");
    assertThat(verify(true)).isEqualTo("The audit is intact: 0 entries, the last one is 0:");
    assertThat(verify(true, "--expect", "0:")).contains("0 entries");
  }

  @Test
  void aFileThatTheServiceUsesCanBeChecked() throws SQLException {
    try (var sqlite = new SqliteFixture(folder)) {
      var repository = new JpaAuditRepository(sqlite.writer(), sqlite.reader());
      String during =
          sqlite
              .transactions()
              .write(
                  () -> {
                    repository.append(record("uncommitted"));
                    sqlite.writer().current().flush();
                    return verify(true);
                  });
      assertThat(during).contains("5 entries");
      assertThat(verify(true)).contains("6 entries");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at = at + 1",
        "project_id = 2",
        "actor = 'key/2'",
        "action = 'job.create'",
        "subject = 'job/9'",
        "outcome = 'REFUSED'",
        "address = '192.0.2.2'",
        "before = NULL",
        "before = '{\"name\": \"a\"}'",
        "after = '{}'",
        "hash = '" + "0000000000000000000000000000000000000000000000000000000000000000" + "'",
        "hash = upper(hash)"
      })
  void aChangedEntryIsFound(String change) throws SQLException {
    execute("UPDATE audit SET " + change + " WHERE id = 3");
    assertThat(verify(false))
        .isEqualTo("The audit is broken: entry 3 was changed: its hash is not that of its content");
  }

  @Test
  void anEntryThatNobodyCouldHaveWrittenIsFound() throws SQLException {
    execute("PRAGMA ignore_check_constraints = ON", "UPDATE audit SET outcome = '' WHERE id = 2");
    assertThat(verify(false)).contains("entry 2 was changed");
  }

  @Test
  void aChangedEntryWithAHashToMatchIsFoundByTheNext() throws SQLException {
    String own = AuditChain.hash(hash(2), 3, record("job/9"));
    execute("UPDATE audit SET subject = 'job/9', hash = '" + own + "' WHERE id = 3");
    assertThat(verify(false)).contains("entry 4 was changed");
  }

  @Test
  void twoEntriesThatChangedPlacesAreFound() throws SQLException {
    execute(
        "UPDATE audit SET id = 99 WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 3",
        "UPDATE audit SET id = 3 WHERE id = 99");
    assertThat(verify(false)).contains("entry 2 was changed");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "3, 4"})
  void aRemovedEntryIsFound(int removed, int next) throws SQLException {
    execute("DELETE FROM audit WHERE id = " + removed);
    assertThat(verify(false))
        .isEqualTo(
            "The audit is broken: entry " + removed + " is missing: the next one is " + next);
  }

  @Test
  void aGapThatWasClosedIsFound() throws SQLException {
    execute("DELETE FROM audit WHERE id = 3", "UPDATE audit SET id = id - 1 WHERE id > 3");
    assertThat(verify(false)).contains("entry 3 was changed");
  }

  @Test
  void aRemovedEndIsFound() throws SQLException {
    execute("DELETE FROM audit WHERE id > 3");
    assertThat(verify(false))
        .isEqualTo("The audit is broken: entry 4 is missing: the head of the chain is at entry 5");
  }

  @Test
  void aRemovedAuditIsFound() throws SQLException {
    execute("DELETE FROM audit");
    assertThat(verify(false)).contains("entry 1 is missing");
  }

  @Test
  void anAddedEntryIsFound() throws SQLException {
    String own = AuditChain.hash(hash(5), 6, record("jöb/5"));
    execute(
        "CREATE TEMP TABLE added AS SELECT * FROM audit WHERE id = 5",
        "UPDATE added SET id = 6, hash = '" + own + "'",
        "INSERT INTO audit SELECT * FROM added");
    assertThat(verify(false))
        .isEqualTo("The audit is broken: entry 6 was added: the head of the chain is at entry 5");
  }

  @Test
  void anEntryThatWasAddedBeforeTheFirstIsFound() throws SQLException {
    execute(
        "CREATE TEMP TABLE added AS SELECT * FROM audit WHERE id = 1",
        "UPDATE added SET id = 0",
        "INSERT INTO audit SELECT * FROM added");
    assertThat(verify(false)).contains("entry 0 was added");
  }

  @Test
  void aReplacedHeadIsFound() throws SQLException {
    execute("UPDATE audit_head SET hash = '" + NO_SUCH_HASH + "'");
    assertThat(verify(false)).contains("entry 5 has another hash than the head of the chain");
  }

  @Test
  void aRemovedHeadIsFound() throws SQLException {
    execute("DELETE FROM audit_head");
    assertThat(verify(false)).contains("entry 5", "head of the chain is missing");
  }

  @Test
  void anEntryThatWasNotedIsConfirmed() throws SQLException {
    assertThat(verify(true, "--expect", "2:" + hash(2))).contains("5 entries");
    assertThat(verify(true, "--expect", "5:" + hash(5).toUpperCase(Locale.ROOT)))
        .contains("5 entries");
  }

  @Test
  void whatBeganEmptyMayHaveEntriesNow() {
    assertThat(verify(true, "--expect", "0:")).contains("5 entries");
  }

  @Test
  void aChainThatWasMadeAnewDoesNotHaveWhatWasNoted() throws SQLException {
    String noted = "3:" + hash(3);
    String before = hash(1);
    for (int id = 2; id <= 5; id++) {
      before = AuditChain.hash(before, id, record("forged"));
      execute("UPDATE audit SET subject = 'forged', hash = '" + before + "' WHERE id = " + id);
    }
    execute("UPDATE audit_head SET hash = '" + before + "'");
    verify(true);
    assertThat(verify(false, "--expect", noted))
        .contains("entry 3 has another hash than was noted");
  }

  @Test
  void anEndThatWasRemovedTogetherWithTheHeadDoesNotHaveWhatWasNoted() throws SQLException {
    String noted = "5:" + hash(5);
    execute(
        "UPDATE audit_head SET last_id = 3, hash = '" + hash(3) + "'",
        "DELETE FROM audit WHERE id > 3");
    verify(true);
    assertThat(verify(false, "--expect", noted)).contains("entry 4 is missing", "entry 5");
  }

  private void assertRefused(Path file, String message, String... arguments) {
    assertThatThrownBy(
            () -> VerifyAuditCommand.run(config(file, "sqlite"), List.of(arguments), System.out))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5:", "5:abc", "0:00", ":", "x:y", ""})
  void whatIsNoAnchorIsRefused(String anchor) {
    assertRefused(file, "--expect must be followed by ID:HASH", "--expect", anchor);
  }

  @Test
  void argumentsThatNobodyKnowsAreRefused() {
    assertRefused(file, "nothing, or --expect ID:HASH, but is '--fast'", "--fast");
    assertRefused(file, "nothing, or --expect ID:HASH", "--expect");
    assertRefused(file, "nothing, or --expect ID:HASH", "--expect", "1:2", "3");
  }

  @Test
  void whatIsNoDatabaseOfOursIsRefused() throws Exception {
    assertRefused(folder.resolve("none.db"), "DATABASE_FILE must be a file that exists");
    assertThat(folder.resolve("none.db")).doesNotExist();
    assertRefused(folder, "DATABASE_FILE must be a file that exists");
    Path diary = Files.writeString(folder.resolve("diary.db"), "Dear diary, ".repeat(500));
    assertRefused(diary, "DATABASE_FILE must be a SQLite database");
    Path empty = Files.createFile(folder.resolve("empty.db"));
    assertRefused(empty, "DATABASE_FILE must be a database of ChronoTrack");
    assertThat(empty).isEmptyFile();
  }

  @Test
  void aDatabaseWithoutAnAuditIsRefused() throws SQLException {
    execute("DROP TABLE audit");
    assertRefused(file, "DATABASE_FILE must be a database with an audit");
  }

  @Test
  void withoutADatabaseThereIsNothingToCheck() {
    assertThatThrownBy(() -> VerifyAuditCommand.run(config(file, "memory"), List.of(), System.out))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("STORAGE must be sqlite");
  }
}
