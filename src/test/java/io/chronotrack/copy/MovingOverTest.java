package io.chronotrack.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.stats.store.StatisticsRebuild;
import io.chronotrack.storage.PostgresDatabase;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.PostgresServer;
import io.chronotrack.storage.SqliteDatabase;
import io.chronotrack.storage.SqliteFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both commands, on databases that the services have filled. */
@Timeout(120)
@NullUnmarked // JUnit fills the fields.
class MovingOverTest {

  private static final TableCopy.BatchSize SMALL = new TableCopy.BatchSize(7, 1_000);
  private static final String PASSWORD = "do-not-show-me";

  // What the services have stored is the same for all tests that are not about it, and is copied.
  private static Path filledFile;
  private static String filledDatabase;

  private final Path folder;
  private final Path file;
  private String database = PostgresServer.newDatabase();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  MovingOverTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("chronotrack.db");
  }

  private static AppConfig config(Path file, String database, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("DATABASE_FILE", file.toString());
    settings.put("DATABASE_URL", PostgresServer.url(database));
    settings.put("DATABASE_USER", "postgres");
    settings.put("DATABASE_PASSWORD", PASSWORD);
    settings.putAll(more);
    return AppConfig.from(key -> Optional.ofNullable(settings.get(key)));
  }

  private AppConfig config() {
    return config(file, database, Map.of());
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private boolean toPostgres() {
    return CopyToPostgresqlCommand.run(config(), List.of(), out());
  }

  private boolean toSqlite(Path target) {
    return CopyToSqliteCommand.run(config(target, database, Map.of()), List.of(), out());
  }

  @BeforeAll
  static void fillOnce(@TempDir Path filled) {
    filledFile = fillSqlite(filled, 4);
    filledDatabase = PostgresServer.newDatabase();
    try (var postgres = new PostgresFixture(filledDatabase)) {
      Contents.of(postgres).fill(new Random(5));
    }
  }

  private static Path fillSqlite(Path folder, long seed) {
    try (var sqlite = new SqliteFixture(folder)) {
      Contents.of(sqlite).fill(new Random(seed));
    }
    return folder.resolve("chronotrack.db");
  }

  private void fillSqlite() throws IOException {
    Files.copy(filledFile, file);
  }

  private void fillPostgres() {
    database = PostgresServer.newDatabase("TEMPLATE", filledDatabase);
  }

  /** As a service that starts does. */
  private PostgresDatabase openPostgres() {
    return PostgresDatabase.open(PostgresServer.settings(database), Duration.ofSeconds(30));
  }

  private static SortedMap<String, List<String>> dump(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return Dump.of(connection);
    }
  }

  private static SortedMap<String, List<String>> dump(String database) throws SQLException {
    try (Connection connection = PostgresServer.connect(database)) {
      return Dump.of(connection);
    }
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everythingIsThereAndCanGoBack(long seed) throws Exception {
    fillSqlite(folder, seed);
    SortedMap<String, List<String>> original = dump(file);
    assertThat(original).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
    assertThat(original.get("job_runs"))
        .anyMatch(
            row -> row.contains("duration_vs_median=2.222") && row.contains("slower_than_usual=1"));

    assertThat(toPostgres()).as(this::printed).isTrue();
    assertThat(dump(database)).isEqualTo(original);
    assertThat(dump(file)).as("the source").isEqualTo(original);

    Path back = folder.resolve("back/chronotrack.db");
    assertThat(toSqlite(back)).as(this::printed).isTrue();
    assertThat(dump(back)).isEqualTo(original);
    assertThat(printed()).contains("The audit is intact", "The copy is complete", "run_events: ");
  }

  @Test
  void newIdsGoOnBehindTheOldOnes() throws Exception {
    fillSqlite();
    long highestJob = highestId("jobs");
    long highestRun = highestId("job_runs");
    assertThat(toPostgres()).isTrue();

    try (var postgres = new PostgresFixture(database)) {
      Contents services = Contents.of(postgres);
      long job = services.createJob();
      assertThat(job).isEqualTo(highestJob + 1);
      assertThat(services.createRun(job)).isEqualTo(highestRun + 1);
    }
    Path back = Files.createDirectory(folder.resolve("back"));
    assertThat(toSqlite(back.resolve("chronotrack.db"))).as(this::printed).isTrue();
    try (var sqlite = new SqliteFixture(back)) {
      Contents services = Contents.of(sqlite);
      assertThat(services.createJob()).isEqualTo(highestJob + 2);
    }
  }

  @Test
  void whatHasBeenCountedIsNotCountedAgain() throws Exception {
    fillSqlite();
    SortedMap<String, List<String>> original = dump(file);
    assertThat(toPostgres()).as(this::printed).isTrue();
    countIfMissing();
    assertThat(dump(database)).isEqualTo(original);
  }

  @Test
  void whatHasNotBeenCountedYetIsCountedByTheNextStart() throws Exception {
    fillSqlite();
    int counted = dump(file).getOrDefault("run_statistics", List.of()).size();
    execute(file, "DELETE FROM run_statistics");
    execute(file, "UPDATE statistics_state SET is_complete = 0");
    assertThat(toPostgres()).as(this::printed).isTrue();
    assertThat(dump(database)).isEqualTo(dump(file)).containsEntry("run_statistics", List.of());
    countIfMissing();
    assertThat(dump(database))
        .containsEntry("statistics_state", List.of("{id=1, is_complete=1}"))
        .hasEntrySatisfying("run_statistics", rows -> assertThat(rows).hasSize(counted));
  }

  private void countIfMissing() {
    try (var postgres = new PostgresFixture(database)) {
      new StatisticsRebuild(postgres.database()).runIfMissing();
    }
  }

  private long highestId(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return Numbers.ask(connection, "SELECT max(id) FROM " + table);
    }
  }

  @Test
  void aDatabaseWithNothingInItCanBeCopied() throws Exception {
    SqliteDatabase.open(file).close();
    assertThat(toPostgres()).as(this::printed).isTrue();
    assertThat(dump(database)).isEqualTo(dump(file));
    try (var postgres = new PostgresFixture(database)) {
      assertThat(Contents.of(postgres).createJob()).isEqualTo(1);
    }
  }

  /** Ends the copy, as a kill would, when it has looked at the clock this many times. */
  private static LongSupplier endingAfter(int looks) {
    return new LongSupplier() {
      private int looked;

      @Override
      public long getAsLong() {
        looked++;
        if (looked > looks) {
          throw new Interrupted();
        }
        return 0;
      }
    };
  }

  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends the copy, as a kill would, when it has said something. */
  private PrintStream outEndingAt(String beginning) {
    return new PrintStream(printed, true, StandardCharsets.UTF_8) {
      @Override
      public void println(String line) {
        super.println(line);
        if (line.startsWith(beginning)) {
          throw new Interrupted();
        }
      }
    };
  }

  private void copyToPostgres(LongSupplier clock) throws SQLException {
    copyToPostgres(out(), clock);
  }

  private void copyToPostgres(PrintStream out, LongSupplier clock) throws SQLException {
    try (CopySide source = SqliteSide.source(file);
        CopySide target = PostgresSide.target(config().database())) {
      new DatabaseCopy(out, clock, SMALL).run(source, target);
    }
  }

  private void copyToSqlite(Path target, LongSupplier clock) throws SQLException {
    try (CopySide from = PostgresSide.source(config().database());
        CopySide to = SqliteSide.target(target)) {
      new DatabaseCopy(out(), clock, SMALL).run(from, to);
    }
  }

  private static void assertInterrupted(ThrowingCallable copy) {
    assertThatExceptionOfType(Interrupted.class).isThrownBy(copy);
  }

  private static void assertRefused(ThrowingCallable copy, String... words) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(copy)
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage()).contains(words).doesNotContain(PASSWORD, "\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 15, 40, 300})
  void whatWasInterruptedGoesOn(int looks) throws Exception {
    fillSqlite();
    assertInterrupted(() -> copyToPostgres(endingAfter(looks)));
    assertRefused(this::openPostgres, "DATABASE_URL must be a database that was copied to its end");

    assertInterrupted(() -> copyToPostgres(endingAfter(looks + 1)));
    copyToPostgres(() -> 0);

    assertThat(dump(database)).isEqualTo(dump(file));
    openPostgres().close();
    assertThat(printed()).contains("Copying " + file, "Going on with the copy of " + file);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 40, 300})
  void whatWasInterruptedOnTheWayBackGoesOn(int looks) throws Exception {
    fillPostgres();
    assertInterrupted(() -> copyToSqlite(file, endingAfter(looks)));
    assertRefused(
        () -> SqliteDatabase.open(file),
        "DATABASE_FILE must be a database that was copied to its end");

    copyToSqlite(file, () -> 0);

    assertThat(dump(file)).isEqualTo(dump(database));
    SqliteDatabase.open(file).close();
  }

  @Test
  void whatWasInterruptedIsNotCopiedFromItsBeginning() throws Exception {
    fillSqlite();
    assertInterrupted(() -> copyToPostgres(endingAfter(20)));
    // A row that is copied twice would be refused, and one that was is not touched again.
    PostgresServer.execute(database, "UPDATE projects SET name = 'touched' WHERE id = 1");
    assertThatExceptionOfType(CopyDiffers.class)
        .isThrownBy(() -> copyToPostgres(() -> 0))
        .withMessage("projects: the row 1 is not the same");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE projects SET name = 'changed' WHERE id = 2",
        "DELETE FROM idempotency_keys",
        "INSERT INTO jobs SELECT 0, 1, 'added', NULL, NULL, 0, 5, 5, 1"
      })
  void aSourceThatWasChangedMeanwhileIsNoticed(String change) throws Exception {
    fillSqlite();
    assertInterrupted(() -> copyToPostgres(outEndingAt("projects: "), () -> 0));
    execute(file, change);

    assertThat(toPostgres()).isFalse();

    assertThat(printed()).contains("The copy is not complete: ", "is not the same");
    assertRefused(this::openPostgres, "copied to its end");
  }

  @Test
  void theUnfinishedCopyOfAnotherSourceIsRefused() throws Exception {
    fillSqlite();
    assertInterrupted(() -> copyToPostgres(endingAfter(10)));

    Path other = Files.copy(file, folder.resolve("other.db"));
    assertRefused(
        () -> CopyToPostgresqlCommand.run(config(other, database, Map.of()), List.of(), out()),
        "DATABASE_URL must be an empty database, or the unfinished copy of " + other,
        "this is the unfinished copy of " + file);

    execute(file, "UPDATE projects SET created_at = 5 WHERE id = 1");
    assertRefused(this::toPostgres, "the unfinished copy of " + file);
  }

  @Test
  void anUnfinishedCopyIsNoSource() throws Exception {
    fillSqlite();
    assertInterrupted(() -> copyToPostgres(endingAfter(10)));
    assertRefused(() -> toSqlite(folder.resolve("new.db")), "DATABASE_URL", "copied to its end");
  }

  @Test
  void aTargetThatIsNotEmptyIsLeftAsItIs() throws Exception {
    fillSqlite();
    fillPostgres();
    SortedMap<String, List<String>> before = dump(database);
    assertRefused(this::toPostgres, "DATABASE_URL must be an empty database; this one has rows in");
    assertThat(dump(database)).isEqualTo(before);
    assertRefused(() -> toSqlite(file), "DATABASE_FILE must be an empty database; this one has");
    openPostgres().close();
    SqliteDatabase.open(file).close();
  }

  @Test
  void aFinishedCopyIsNotCopiedAgain() throws Exception {
    fillSqlite();
    assertThat(toPostgres()).isTrue();
    assertRefused(this::toPostgres, "DATABASE_URL must be an empty database");
  }

  @Test
  void aTargetOnWhichTheServiceHasOnlyStartedIsEmpty() throws Exception {
    fillSqlite();
    openPostgres().close();
    PostgresServer.execute(
        database, "INSERT INTO write_probe VALUES (1, 5)", "SELECT nextval('jobs_ids')");
    assertThat(toPostgres()).as(this::printed).isTrue();
    assertThat(dump(database)).isEqualTo(dump(file));
  }

  @Test
  void aFileThatAServiceRunsOnIsRefused() throws IOException {
    fillSqlite();
    fillPostgres();
    try (var service = new SqliteFixture(folder)) {
      assertThat(service).isNotNull();
      assertRefused(this::toPostgres, "DATABASE_FILE must be a file that no other process");
      assertRefused(() -> toSqlite(file), "DATABASE_FILE must be a file that no other process");
    }
  }

  @Test
  void aDatabaseThatAServiceIsConnectedToIsRefused() throws IOException {
    fillSqlite();
    try (var service = new PostgresFixture(database)) {
      Contents.of(service).createJob();
      assertRefused(this::toPostgres, "DATABASE_URL", "no other process of ChronoTrack");
      assertRefused(
          () -> toSqlite(folder.resolve("new.db")),
          "DATABASE_URL",
          "no other process of ChronoTrack");
    }
    assertThat(folder.resolve("new.db")).doesNotExist();
  }

  @Test
  void aSourceThatIsNoneOfOursIsRefusedAndLeftAsItIs() throws IOException {
    assertRefused(this::toPostgres, "DATABASE_FILE must be a file that exists");
    assertThat(file).doesNotExist();
    Files.createFile(file);
    assertRefused(this::toPostgres, "DATABASE_FILE must be a database of ChronoTrack");
    assertThat(file).isEmptyFile();
    assertRefused(
        () -> toSqlite(folder.resolve("new.db")),
        "DATABASE_URL must be a database of ChronoTrack that has its tables");
    assertThat(folder.resolve("new.db")).doesNotExist();
    assertThat(
            PostgresServer.query(
                database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo("0");
  }

  @Test
  void aTargetOfAnotherProgramIsRefused() throws IOException {
    fillSqlite();
    PostgresServer.execute(database, "CREATE TABLE other (id int)");
    assertRefused(this::toPostgres, "DATABASE_URL", "not another program's");
  }

  @ParameterizedTest
  @CsvSource({
    "DATABASE_URL, '', DATABASE_URL must be given for PostgreSQL",
    "DATABASE_URL, jdbc:postgresql://127.0.0.1:1/ct, a database that can be reached",
    "DATABASE_URL, jdbc:postgresql://127.0.0.1:1/ct?password=do-not-show-me, without a password",
    "DATABASE_URL, postgres://ct:do-not-show-me@db/ct, of the form"
  })
  void settingsThatLeadNowhereAreRefused(String key, String value, String words)
      throws IOException {
    fillSqlite();
    AppConfig wrong = config(file, database, Map.of(key, value));
    assertRefused(() -> CopyToPostgresqlCommand.run(wrong, List.of(), out()), key, words);
    assertRefused(() -> CopyToSqliteCommand.run(wrong, List.of(), out()), key, words);
  }

  @Test
  void aBrokenAuditIsCopiedAndReported() throws Exception {
    fillSqlite();
    execute(file, "UPDATE audit SET actor = 'nobody' WHERE id = 3");
    assertThat(toPostgres()).isFalse();
    assertThat(printed()).contains("The audit is broken: entry 3 was changed", "copy is complete");
    assertThat(dump(database)).isEqualTo(dump(file));
    openPostgres().close();
  }

  @Test
  void whatIsDoneIsToldOnceASecond() throws Exception {
    fillSqlite();
    copyToPostgres(
        new LongSupplier() {
          private long now;

          @Override
          public long getAsLong() {
            now += 600_000_000;
            return now;
          }
        });
    int runs = dump(file).getOrDefault("job_runs", List.of()).size();
    assertThat(runs).isGreaterThan(50);
    assertThat(printed().lines().filter(line -> line.startsWith("job_runs: copied ")))
        .hasSizeBetween(runs / 7 / 2 - 1, runs)
        .allSatisfy(line -> assertThat(line).endsWith(" of " + runs + " rows"));
    assertThat(printed()).contains("job_runs: " + runs + " rows, the same on both sides");
  }

  @Test
  void whatTheDatabaseRefusesIsToldWithoutTheRow() throws Exception {
    fillSqlite();
    openPostgres().close();
    PostgresServer.execute(
        database, "ALTER TABLE jobs ADD CONSTRAINT short CHECK (length(name) < 2)");
    assertThat(toPostgres()).isFalse();
    assertThat(printed())
        .contains("The copy was interrupted: ", "short", "Run it again")
        .doesNotContain("INSERT");
    PostgresServer.execute(database, "ALTER TABLE jobs DROP CONSTRAINT short");
    assertThat(toPostgres()).as(this::printed).isTrue();
    assertThat(dump(database)).isEqualTo(dump(file));
  }
}
