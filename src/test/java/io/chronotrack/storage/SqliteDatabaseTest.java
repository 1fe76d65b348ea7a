package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.chronotrack.config.InvalidSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteDatabaseTest {

  private final Path folder;
  private final Path file;

  SqliteDatabaseTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("chronotrack.db");
  }

  private static void assertRefused(Path file, String expected) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> SqliteDatabase.open(file).close())
        .withMessage("DATABASE_FILE must be %s, but is '%s'", expected, file);
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  @Test
  void aMissingFileIsCreatedTogetherWithItsFolders() throws SQLException {
    Path deep = folder.resolve("a/b/c/x.db");
    SqliteDatabase.open(deep).close();
    try (var connection = SqliteConnections.openReader(deep)) {
      assertThat(query(connection, "SELECT count(*) FROM jobs")).isEqualTo("0");
      assertThat(query(connection, "SELECT count(*) FROM job_runs")).isEqualTo("0");
      assertThat(query(connection, "SELECT count(*) FROM run_events")).isEqualTo("0");
    }
  }

  @Test
  void anEmptyFileIsANewDatabase() throws IOException {
    Files.createFile(file);
    SqliteDatabase.open(file).close();
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void aPathMayHaveSpacesAndSigns() {
    Path odd = folder.resolve("a b?c=d#é%20.db");
    SqliteDatabase.open(odd).close();
    assertThat(odd).isNotEmptyFile();
    SqliteDatabase.open(odd).close();
  }

  @Test
  void whatWasStoredIsThereAfterTheNextStart() throws SQLException {
    SqliteDatabase.open(file).close();
    execute(file, "INSERT INTO jobs VALUES (1, 'job', NULL, NULL, 0, 5, 5, 1)");
    SqliteDatabase.open(file).close();
    try (var connection = SqliteConnections.openReader(file)) {
      assertThat(query(connection, "SELECT name FROM jobs")).isEqualTo("job");
    }
  }

  @Test
  void aFolderIsNoFile() {
    assertRefused(folder, "a file, not a folder");
  }

  @Test
  void aFolderThatCannotBeCreatedIsRefused() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "x");
    assertRefused(inTheWay.resolve("x.db"), "a file in a folder that exists or can be created");
  }

  @Test
  void aFileThatCannotBeWrittenIsRefused() throws IOException {
    SqliteDatabase.open(file).close();
    assertThat(file.toFile().setWritable(false)).isTrue();
    assumeThat(Files.isWritable(file)).as("root may write everything").isFalse();
    assertRefused(file, "a file that can be written");
  }

  @Test
  void aNewFileInAFolderThatCannotBeWrittenIsRefused() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertThat(locked.toFile().setWritable(false)).isTrue();
    try {
      assumeThat(Files.isWritable(locked)).as("root may write everything").isFalse();
      assertRefused(locked.resolve("x.db"), "a file that can be written");
    } finally {
      assertThat(locked.toFile().setWritable(true)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 5_000})
  void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs(int lines) throws IOException {
    byte[] garbage = "this is no database\n".repeat(lines).getBytes(StandardCharsets.UTF_8);
    Files.write(file, garbage);
    assertRefused(file, "a SQLite database");
    assertThat(file).hasBinaryContent(garbage);
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    execute(file, "CREATE TABLE other (id INTEGER)", "INSERT INTO other VALUES (1)");
    byte[] before = Files.readAllBytes(file);
    assertRefused(file, "a database of ChronoTrack or a new file, not another program's");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void anEmptyDatabaseThatAnotherProgramHasMarkedIsRefused() throws Exception {
    execute(file, "PRAGMA application_id = 42");
    assertRefused(file, "a database of ChronoTrack or a new file, not another program's");
  }

  @Test
  void aDatabaseOfANewerVersionIsRefusedAndLeftAsItIs() throws Exception {
    SqliteDatabase.open(file).close();
    execute(
        file,
        "INSERT INTO schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', 1,"
            + " installed_by, installed_on, execution_time, success"
            + " FROM schema_history ORDER BY installed_rank DESC LIMIT 1");
    byte[] before = Files.readAllBytes(file);
    assertRefused(
        file,
        "a database that this version of ChronoTrack knows; this one was made by a newer version"
            + " (schema 99)");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aSecondOpenerIsRefusedUntilTheFirstHasClosed() {
    SqliteDatabase first = SqliteDatabase.open(file);
    assertRefused(file, "a file that no other process of ChronoTrack has open");
    assertRefused(file, "a file that no other process of ChronoTrack has open");
    first.close();
    SqliteDatabase.open(file).close();
  }

  @Test
  void aRefusedStartGivesTheFileUpAgain() throws Exception {
    Files.writeString(file, "this is no database, and long enough to be told from an empty one");
    assertRefused(file, "a SQLite database");
    Files.delete(file);
    SqliteDatabase.open(file).close();
  }

  @Test
  void theSettingsAreReadBack() {
    try (var database = SqliteDatabase.open(file)) {
      assertThat(database.settings())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "journal_mode", "wal",
                  "synchronous", "2",
                  "foreign_keys", "1",
                  "busy_timeout", "2000"));
    }
  }

  @Test
  void theWriteAheadLogIsGoneAfterClosing() throws SQLException {
    var database = SqliteDatabase.open(file);
    Path log = folder.resolve("chronotrack.db-wal");
    try (var writer = SqliteConnections.openWriter(file)) {
      query(writer, "INSERT INTO jobs VALUES (1, 'job', NULL, NULL, 0, 5, 5, 1) RETURNING id");
      assertThat(log).isNotEmptyFile();
    }
    database.close();
    assertThat(log).doesNotExist();
    assertThat(folder.resolve("chronotrack.db-shm")).doesNotExist();
  }

  @Test
  void closingMovesTheLogIntoTheFileEvenWhileAReaderIsOpen() throws SQLException {
    var database = SqliteDatabase.open(file);
    try (var reader = SqliteConnections.openReader(file)) {
      execute(file, "INSERT INTO jobs VALUES (1, 'job', NULL, NULL, 0, 5, 5, 1)");
      assertThat(query(reader, "SELECT count(*) FROM jobs")).isEqualTo("1");
      database.close();
      assertThat(folder.resolve("chronotrack.db-wal")).isEmptyFile();
    }
  }

  @Test
  void foreignKeysAreReallyEnforced() throws SQLException {
    try (var database = SqliteDatabase.open(file);
        var writer = SqliteConnections.openWriter(file)) {
      assertThat(database.settings()).containsEntry("foreign_keys", "1");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () ->
                  query(
                      writer,
                      "INSERT INTO job_runs (id, job_id, status, created_at, updated_at, version)"
                          + " VALUES (1, 99, 'PENDING', 5, 5, 1) RETURNING id"))
          .withMessageContaining("FOREIGN KEY");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO jobs VALUES (2, '', NULL, NULL, 0, 5, 5, 1)",
        "INSERT INTO jobs VALUES (2, 'job', NULL, NULL, 2, 5, 5, 1)",
        "INSERT INTO jobs VALUES (2, 'job', NULL, NULL, 0, 'now', 5, 1)",
        "INSERT INTO jobs VALUES (2, 'job', NULL, NULL, 0, 5, 5, 0)",
        "INSERT INTO job_runs VALUES (1, 1, 'LOST', NULL, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 'PENDING', 5, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 'RUNNING', NULL, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 'SUCCESS', 5, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 'FAILED', NULL, 5, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 'SUCCESS', 5, 4, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 'PENDING', NULL, NULL, NULL, '{', NULL, 5, 5, 1)"
      })
  void theSchemaRefusesWhatTheDomainWouldNeverStore(String sql) throws SQLException {
    SqliteDatabase.open(file).close();
    execute(file, "INSERT INTO jobs VALUES (1, 'job', NULL, NULL, 0, 5, 5, 1)");
    assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(file, sql));
  }

  @Test
  void aReaderCannotWrite() throws SQLException {
    try (var database = SqliteDatabase.open(file);
        var reader = SqliteConnections.openReader(file)) {
      assertThat(database.settings()).isNotEmpty();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> query(reader, "DELETE FROM jobs RETURNING id"));
    }
  }

  @Test
  void aReaderDoesNotWaitForTheWriter() throws SQLException {
    try (var database = SqliteDatabase.open(file);
        var writer = SqliteConnections.openWriter(file);
        var reader = SqliteConnections.openReader(file)) {
      assertThat(database.settings()).isNotEmpty();
      writer.setAutoCommit(false);
      query(writer, "INSERT INTO jobs VALUES (1, 'job', NULL, NULL, 0, 5, 5, 1) RETURNING id");
      assertThat(query(reader, "SELECT count(*) FROM jobs")).isEqualTo("0");
      writer.commit();
      assertThat(query(reader, "SELECT count(*) FROM jobs")).isEqualTo("1");
    }
  }
}
