package io.chronotrack.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.PostgresServer;
import io.chronotrack.storage.SqliteFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new migration has to keep to, so that its tables can be copied. */
@NullUnmarked // JUnit fills the fields.
class SchemaTest {

  private static Path file;
  private static String database;

  @BeforeAll
  static void migrate(@TempDir Path folder) {
    database = PostgresServer.newDatabase();
    file = folder.resolve("chronotrack.db");
    new SqliteFixture(folder).close();
    new PostgresFixture(database).close();
  }

  private static Connection sqlite() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static Schema schema() throws SQLException {
    try (Connection sqlite = sqlite();
        Connection postgres = PostgresServer.connect(database)) {
      return Schema.of(postgres, sqlite);
    }
  }

  private static List<String> names() throws SQLException {
    return schema().tables().stream().map(Table::name).toList();
  }

  @Test
  void everyTableIsCopied() throws SQLException {
    try (Connection sqlite = sqlite();
        Connection postgres = PostgresServer.connect(database)) {
      assertThat(names())
          .containsExactlyInAnyOrderElementsOf(Dump.of(sqlite).keySet())
          .containsExactlyInAnyOrderElementsOf(Dump.of(postgres).keySet())
          .contains("jobs", "job_runs", "run_events", "audit", "idempotency_keys");
    }
  }

  @Test
  void whatIsReferredToComesFirst() throws SQLException {
    assertThat(names())
        .containsSubsequence("projects", "jobs", "job_runs", "run_events")
        .containsSubsequence("projects", "api_keys");
  }

  @Test
  void everyTableHasAllItsColumnsAndItsKey() throws SQLException {
    assertThat(schema().tables())
        .filteredOn(table -> table.name().equals("run_events"))
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.columns()).hasSize(9);
              assertThat(table.key())
                  .containsExactly(
                      new Column("run_id", ColumnType.BIGINT),
                      new Column("version", ColumnType.BIGINT));
            });
  }

  @Test
  void keysThatAreTextHaveTheSameOrderInBothDatabases() throws SQLException {
    for (Table table : schema().tables()) {
      for (Column column : table.key()) {
        if (column.type() == ColumnType.TEXT) {
          assertThat(collation(table, column)).as(table.name()).isEqualTo("C");
        }
      }
    }
  }

  private static String collation(Table table, Column column) {
    return PostgresServer.query(
        database,
        "SELECT collation_name FROM information_schema.columns WHERE table_name = '%s'"
                .formatted(table.name())
            + " AND column_name = '%s'".formatted(column.name()));
  }

  @Test
  void itIsKnownWhatMigrationsStore() throws SQLException {
    try (Connection sqlite = sqlite();
        Connection postgres = PostgresServer.connect(database)) {
      assertThat(sizes(Dump.of(sqlite))).isEqualTo(CopyTarget.ROWS_OF_MIGRATIONS);
      assertThat(sizes(Dump.of(postgres))).isEqualTo(CopyTarget.ROWS_OF_MIGRATIONS);
    }
  }

  private static Map<String, Integer> sizes(SortedMap<String, List<String>> dump) {
    Map<String, Integer> sizes = new TreeMap<>();
    dump.forEach(
        (table, rows) -> {
          if (!rows.isEmpty()) {
            sizes.put(table, rows.size());
          }
        });
    return sizes;
  }

  @Test
  void everySequenceBelongsToATable() throws SQLException {
    String sequences =
        PostgresServer.query(database, "SELECT string_agg(sequencename, ',') FROM pg_sequences");
    assertThat(sequences.split(",", -1))
        .allSatisfy(
            sequence ->
                assertThat(sequence)
                    .endsWith("_ids")
                    .satisfies(
                        name -> assertThat(names()).contains(name.replaceFirst("_ids$", ""))));
  }
}
