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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteDatabaseTest {

  private static final String[] FIRST_VERSIONS_LISTS = {
    "SELECT * FROM jobs ORDER BY id",
    "SELECT * FROM job_runs ORDER BY id",
    "SELECT * FROM run_events ORDER BY run_id, version",
    "SELECT * FROM write_probe"
  };

  /** In every status, archived or not, with and without what may be unset, and as odd as can be. */
  private static final String[] FIRST_VERSIONS_ROWS = {
    "INSERT INTO jobs VALUES (1, 'nightly', NULL, NULL, 0, 1769851800123, 1769851800123, 1)",
    "INSERT INTO jobs VALUES (2, 'näme 😀 ''quoted''', 'a' || char(10) || 'b', 'etl', 1,"
        + " 1769851800124, 1769851900000, 7)",
    "INSERT INTO jobs VALUES (9007199254740991, '0', '', '', 1, -62135596800000, 253402300799999,"
        + " 4294967296)",
    "INSERT INTO job_runs VALUES (1, 1, 'PENDING', NULL, NULL, NULL, NULL, NULL, 5, 5, 1)",
    "INSERT INTO job_runs VALUES (2, 1, 'RUNNING', 6, NULL, NULL, '{}', NULL, 5, 6, 2)",
    "INSERT INTO job_runs VALUES (3, 2, 'SUCCESS', 6, 6, NULL, '{\"ä\":[1,2.50,null]}',"
        + " '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 5, 7, 3)",
    "INSERT INTO job_runs VALUES (4, 2, 'FAILED', -62135596800000, 1769851800123,"
        + " 'line 1' || char(10) || '😀', NULL, NULL, 5, 7, 2)",
    "INSERT INTO job_runs VALUES (5, 9007199254740991, 'CANCELLED', NULL, 8, '', NULL, NULL, 5, 8,"
        + " 2)",
    "INSERT INTO job_runs VALUES (9007199254740991, 9007199254740991, 'CANCELLED', 7, 8, NULL,"
        + " NULL, NULL, 5, 8, 4294967296)",
    "INSERT INTO run_events VALUES (1, 1, 'CREATED', NULL, 'PENDING', '', 5, 5)",
    "INSERT INTO run_events VALUES (2, 1, 'CREATED', NULL, 'PENDING', '', 5, 5)",
    "INSERT INTO run_events VALUES (2, 2, 'STATUS_CHANGED', 'PENDING', 'RUNNING',"
        + " 'status,startedAt', 6, 7)",
    "INSERT INTO run_events VALUES (3, 3, 'AMENDED', 'SUCCESS', 'SUCCESS', 'metadata', 7, 7)",
    "INSERT INTO run_events VALUES (4, 1, 'CREATED', NULL, 'FAILED', '', 1769851800123, 5)",
    "INSERT INTO run_events VALUES (5, 2, 'STATUS_CHANGED', 'PENDING', 'CANCELLED',"
        + " 'status,finishedAt,errorMessage', 8, 8)",
    "INSERT INTO run_events VALUES (9007199254740991, 4294967296, 'STATUS_CHANGED', 'RUNNING',"
        + " 'CANCELLED', 'status', -62135596800000, 253402300799999)",
    "INSERT INTO write_probe VALUES (1, 1769851800123)"
  };

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
      assertThat(query(connection, "SELECT max(version) FROM schema_history")).isEqualTo("7");
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
    execute(file, "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, 0, 5, 5, 1)");
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
      query(writer, "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, 0, 5, 5, 1) RETURNING id");
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
      execute(file, "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, 0, 5, 5, 1)");
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
                      "INSERT INTO job_runs (id, project_id, job_id, status, created_at, updated_at, version)"
                          + " VALUES (1, 1, 99, 'PENDING', 5, 5, 1) RETURNING id"))
          .withMessageContaining("FOREIGN KEY");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO jobs VALUES (2, 1, '', NULL, NULL, 0, 5, 5, 1)",
        "INSERT INTO jobs VALUES (2, 1, 'job', NULL, NULL, 2, 5, 5, 1)",
        "INSERT INTO jobs VALUES (2, 1, 'job', NULL, NULL, 0, 'now', 5, 1)",
        "INSERT INTO jobs VALUES (2, 1, 'job', NULL, NULL, 0, 5, 5, 0)",
        "INSERT INTO job_runs VALUES (1, 1, 1, 'LOST', NULL, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 1, 'PENDING', 5, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 1, 'RUNNING', NULL, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 1, 'SUCCESS', 5, NULL, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 1, 'FAILED', NULL, 5, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 1, 'SUCCESS', 5, 4, NULL, NULL, NULL, 5, 5, 1)",
        "INSERT INTO job_runs VALUES (1, 1, 1, 'PENDING', NULL, NULL, NULL, '{', NULL, 5, 5, 1)"
      })
  void theSchemaRefusesWhatTheDomainWouldNeverStore(String sql) throws SQLException {
    SqliteDatabase.open(file).close();
    execute(file, "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, 0, 5, 5, 1)");
    assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(file, sql));
  }

  @Test
  void aRunCannotBeInAnotherProjectThanItsJob() throws SQLException {
    SqliteDatabase.open(file).close();
    execute(
        file,
        "INSERT INTO projects VALUES (2, 'other', 'Other', 0, 5, 5, 1)",
        "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, 0, 5, 5, 1)");
    String run =
        "INSERT INTO job_runs (id, project_id, job_id, status, created_at, updated_at, version)"
            + " VALUES (1, %d, 1, 'PENDING', 5, 5, 1) RETURNING id";
    try (var writer = SqliteConnections.openWriter(file)) {
      assertBreaksReference(writer, run.formatted(2));
      assertThat(query(writer, run.formatted(1))).isEqualTo("1");
      assertBreaksReference(writer, "UPDATE jobs SET project_id = 2");
      assertBreaksReference(writer, "UPDATE job_runs SET project_id = 2");
    }
  }

  /** How long a run waited: it is known of those that were PENDING and started. */
  private static String queueOf(Map<String, Object> row) {
    return "RUNNING".equals(row.get("status")) ? "1" : "NULL";
  }

  /** What the database must have computed of the times. */
  private static String durationOf(Map<String, Object> row) {
    return row.get("started_at") instanceof Number start
            && row.get("finished_at") instanceof Number end
        ? Long.toString(end.longValue() - start.longValue())
        : "NULL";
  }

  private static void assertBreaksReference(Connection connection, String sql) {
    assertThatExceptionOfType(SQLException.class)
        .as(sql)
        .isThrownBy(
            () -> {
              try (var statement = connection.createStatement()) {
                statement.execute(sql);
              }
            })
        .withMessageContaining("FOREIGN KEY");
  }

  @Test
  void aNewDatabaseHasTheProjectDefault() throws SQLException {
    long before = System.currentTimeMillis();
    SqliteDatabase.open(file).close();
    try (var connection = SqliteConnections.openReader(file)) {
      assertThat(rows(connection, "SELECT id, key, name, archived, version FROM projects"))
          .containsExactly(
              Map.of("id", 1, "key", "default", "name", "Default", "archived", 0, "version", 1));
      long createdAt = Long.parseLong(query(connection, "SELECT created_at FROM projects"));
      assertThat(createdAt).isBetween(before, System.currentTimeMillis());
      assertThat(query(connection, "SELECT updated_at FROM projects"))
          .isEqualTo(Long.toString(createdAt));
    }
  }

  @Test
  void aDatabaseOfTheFirstVersionIsUpgradedAndEverythingLandsInDefault() throws SQLException {
    makeFirstVersion();
    Map<String, List<Map<String, Object>>> before = contents(FIRST_VERSIONS_LISTS);
    assertThat(before).noneSatisfy((list, rows) -> assertThat(rows).isEmpty());

    SqliteDatabase.open(file).close();

    try (var connection = SqliteConnections.openReader(file)) {
      for (String list : FIRST_VERSIONS_LISTS) {
        List<Map<String, Object>> upgraded = rows(connection, list);
        if (list.contains("jobs") || list.contains("job_runs")) {
          assertThat(upgraded)
              .as(list)
              .allSatisfy(row -> assertThat(row.remove("project_id")).isEqualTo(1));
        }
        if (list.contains("job_runs")) {
          assertThat(upgraded)
              .as(list)
              .allSatisfy(row -> assertThat(row.remove("external_id")).isEqualTo("NULL"))
              .allSatisfy(row -> assertThat(row.remove("queue_ms")).hasToString(queueOf(row)))
              .allSatisfy(row -> assertThat(row.remove("duration_vs_median")).isEqualTo("NULL"))
              .allSatisfy(row -> assertThat(row.remove("slower_than_usual")).isEqualTo(0))
              .allSatisfy(
                  row -> assertThat(row.remove("duration_ms")).hasToString(durationOf(row)));
        }
        if (list.contains("run_events")) {
          assertThat(upgraded)
              .as(list)
              .allSatisfy(row -> assertThat(row.remove("sequence")).isEqualTo("NULL"));
        }
        assertThat(upgraded).as(list).isEqualTo(before.get(list));
      }
      assertThat(rows(connection, "PRAGMA foreign_key_check")).isEmpty();
      assertThat(query(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(query(connection, "SELECT max(version) FROM schema_history")).isEqualTo("7");
      assertThat(rows(connection, "SELECT id, key FROM projects"))
          .containsExactly(Map.of("id", 1, "key", "default"));
    }
  }

  @Test
  void anUpgradedDatabaseHasTheTablesAndIndexesOfANewOne() throws SQLException {
    makeFirstVersion();
    SqliteDatabase.open(file).close();
    Path fresh = folder.resolve("fresh.db");
    SqliteDatabase.open(fresh).close();
    String schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    try (var upgradedOne = SqliteConnections.openReader(file);
        var newOne = SqliteConnections.openReader(fresh)) {
      assertThat(rows(upgradedOne, schema)).isEqualTo(rows(newOne, schema));
    }
  }

  @Test
  void anUpgradedDatabaseIsUsedAsItIsFromThenOn() throws SQLException {
    makeFirstVersion();
    SqliteDatabase.open(file).close();
    String history = "SELECT * FROM schema_history ORDER BY installed_rank";
    Map<String, List<Map<String, Object>>> before = contents(history);

    SqliteDatabase.open(file).close();

    assertThat(contents(history)).isEqualTo(before);
    try (var connection = SqliteConnections.openWriter(file)) {
      // The references between the tables that were made anew are in effect.
      assertBreaksReference(
          connection,
          "INSERT INTO job_runs (id, project_id, job_id, status, created_at, updated_at, version)"
              + " VALUES (99, 1, 99, 'PENDING', 5, 5, 1)");
      assertBreaksReference(
          connection,
          "INSERT INTO run_events VALUES (99, 1, 'CREATED', NULL, 'PENDING', '', 5, 5, NULL)");
      assertBreaksReference(connection, "DELETE FROM job_runs WHERE id = 1");
      assertBreaksReference(connection, "DELETE FROM jobs WHERE id = 1");
      assertBreaksReference(connection, "DELETE FROM projects WHERE id = 1");
    }
  }

  @Test
  void anUpgradeThatFailsLeavesTheDatabaseAsItWas() throws SQLException {
    makeFirstVersion();
    // In the way of a table that the upgrade creates at its very end.
    execute(file, "CREATE TABLE key_check (id INTEGER)");
    String[] lists =
        Stream.concat(
                Arrays.stream(FIRST_VERSIONS_LISTS),
                Stream.of("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"))
            .toArray(String[]::new);
    Map<String, List<Map<String, Object>>> before = contents(lists);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> SqliteDatabase.open(file).close())
        .withMessage("cannot open " + file);

    assertThat(contents(lists)).isEqualTo(before);
  }

  /** As the first release made it, with the same migration, settings and mark, and rows in it. */
  private void makeFirstVersion() throws SQLException {
    try (var connection = SqliteConnections.openWriter(file)) {
      SqliteConnections.claim(connection);
    }
    Flyway.configure(SqliteDatabase.class.getClassLoader())
        .dataSource("jdbc:sqlite:" + file, null, null)
        .locations("classpath:db/migration/sqlite")
        .table("schema_history")
        .target("1")
        .load()
        .migrate();
    execute(file, FIRST_VERSIONS_ROWS);
  }

  private Map<String, List<Map<String, Object>>> contents(String... lists) throws SQLException {
    Map<String, List<Map<String, Object>>> contents = new LinkedHashMap<>();
    try (var connection = SqliteConnections.openReader(file)) {
      for (String list : lists) {
        contents.put(list, rows(connection, list));
      }
    }
    return contents;
  }

  /** All rows, with what is in each column by its name. */
  private static List<Map<String, Object>> rows(Connection connection, String sql)
      throws SQLException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      while (result.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.put(
              result.getMetaData().getColumnName(column),
              Objects.requireNonNullElse(result.getObject(column), "NULL"));
        }
        rows.add(row);
      }
    }
    return rows;
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
      query(writer, "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, 0, 5, 5, 1) RETURNING id");
      assertThat(query(reader, "SELECT count(*) FROM jobs")).isEqualTo("0");
      writer.commit();
      assertThat(query(reader, "SELECT count(*) FROM jobs")).isEqualTo("1");
    }
  }
}
