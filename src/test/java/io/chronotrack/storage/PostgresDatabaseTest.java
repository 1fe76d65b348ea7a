package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PostgresDatabaseTest {

  private static final String PASSWORD = "do-not-show-me";
  private static final Duration WAIT = Duration.ofSeconds(5);

  private static void assertRefused(DatabaseSettings settings, String key, String expected) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> PostgresDatabase.open(settings, WAIT).close())
        .withMessageStartingWith(key)
        .withMessageContaining(expected)
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(PASSWORD, "\n"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static PostgresDatabase open(String database) {
    return PostgresDatabase.open(PostgresServer.settings(database), WAIT);
  }

  @Test
  void anEmptyDatabaseGetsItsTablesAndKeepsWhatIsStored() {
    String database = PostgresServer.newDatabase();
    open(database).close();
    PostgresServer.execute(
        database, "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, false, 5, 5, 1)");
    try (PostgresDatabase again = open(database)) {
      assertThat(PostgresServer.query(database, "SELECT name FROM jobs")).isEqualTo("job");
      assertThat(again.description())
          .contains("PostgreSQL 17", "/" + database, "schema public", "16 writers");
    }
  }

  @Test
  void instancesThatStartAtTheSameMomentMigrateOnce() throws Exception {
    String database = PostgresServer.newDatabase();
    List<Boolean> opened =
        SideBySide.run(
            task -> new Thread(task, "opening").start(),
            6,
            i -> {
              open(database).close();
              return true;
            });
    assertThat(opened).hasSize(6);
    assertThat(PostgresServer.query(database, "SELECT count(*) FROM projects")).isEqualTo("1");
    assertThat(
            PostgresServer.query(
                database,
                "SELECT count(*) - count(DISTINCT version) FROM schema_history"
                    + " WHERE version IS NOT NULL"))
        .isEqualTo("0");
  }

  @Test
  void aSchemaOfItsOwnIsUsedWhereTheSearchPathSaysSo() {
    String database = PostgresServer.newDatabase();
    PostgresServer.execute(database, "CREATE SCHEMA ct", "CREATE TABLE public.other (id int)");
    var url = PostgresServer.url(database) + "?currentSchema=ct";
    var settings = new DatabaseSettings(url, "postgres", new Secret("none"), null, 4);
    try (PostgresDatabase opened = PostgresDatabase.open(settings, WAIT)) {
      assertThat(opened.description()).contains("schema ct").doesNotContain("currentSchema");
      assertThat(PostgresServer.query(database, "SELECT count(*) FROM ct.jobs")).isEqualTo("0");
    }
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAsItIs() {
    String database = PostgresServer.newDatabase();
    PostgresServer.execute(database, "CREATE TABLE other (id int)");
    assertRefused(PostgresServer.settings(database), "DATABASE_URL", "not another program's");
    PostgresServer.execute(database, "CREATE TABLE schema_history (id int)");
    assertRefused(PostgresServer.settings(database), "DATABASE_URL", "not another program's");
    assertThat(
            PostgresServer.query(
                database,
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEqualTo("2");
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() {
    String database = PostgresServer.newDatabase();
    open(database).close();
    PostgresServer.execute(
        database,
        "INSERT INTO schema_history SELECT 999, '999', 'later', type, 'V999__later.sql', 1,"
            + " installed_by, installed_on, execution_time, success FROM schema_history"
            + " WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1");
    assertRefused(
        PostgresServer.settings(database), "DATABASE_URL", "made by a newer version (schema 999)");
  }

  @Test
  void anEncodingThatLosesSignsIsRefused() {
    for (String encoding : List.of("SQL_ASCII", "LATIN1")) {
      String database =
          PostgresServer.newDatabase("ENCODING '" + encoding + "' LOCALE 'C' TEMPLATE template0");
      assertRefused(
          PostgresServer.settings(database), "DATABASE_URL", "encoding UTF8, not " + encoding);
    }
  }

  @Test
  void aDatabaseThatDoesNotExistIsRefused() {
    assertRefused(PostgresServer.settings("nowhere"), "DATABASE_URL", "a database that exists");
  }

  @Test
  void aServerThatCannotBeReachedIsRefused() throws Exception {
    var settings =
        new DatabaseSettings(
            "jdbc:postgresql://127.0.0.1:" + freePort() + "/ct",
            "ct",
            new Secret(PASSWORD),
            null,
            4);
    assertRefused(settings, "DATABASE_URL", "a database that can be reached");
  }

  @Test
  void aHostThatHasNoAddressIsRefused() {
    var settings =
        new DatabaseSettings(
            "jdbc:postgresql://no-such-host.invalid/ct", "ct", new Secret(PASSWORD), null, 4);
    assertRefused(settings, "DATABASE_URL", "a database that can be reached");
  }

  @Test
  void aRoleWithoutRightsIsRefused() {
    String database = PostgresServer.newDatabase();
    String role = PostgresServer.newRole(PASSWORD);
    var settings = PostgresServer.settings(database, role, PASSWORD);
    assertRefused(settings, "DATABASE_USER", "a role that may create tables");
    open(database).close();
    PostgresServer.execute(database, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);
    assertRefused(settings, "DATABASE_USER", "a role that may create tables");
    PostgresServer.execute(database, "REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC");
    assertRefused(settings, "DATABASE_USER", "a role that may create tables");
  }

  @Test
  void aPasswordThatIsWrongOrMissingIsRefusedAndNotShown() {
    String database = PostgresServer.newDatabase();
    String role = PostgresServer.newRole("right");
    PostgresServer.execute(database, "GRANT ALL ON SCHEMA public TO " + role);
    assertRefused(
        PostgresServer.settings(database, role, PASSWORD), "DATABASE_PASSWORD", "DATABASE_USER");
    var without = new DatabaseSettings(PostgresServer.url(database), role, null, null, 4);
    assertRefused(without, "DATABASE_PASSWORD", "DATABASE_USER");
    assertRefused(
        PostgresServer.settings(database, "nobody_" + role, PASSWORD), "DATABASE_", "role");
    PostgresDatabase.open(PostgresServer.settings(database, role, "right"), WAIT).close();
  }

  @Test
  void readersCannotWriteAndWritersCan() throws SQLException {
    try (PostgresDatabase database = open(PostgresServer.newDatabase());
        Connection reader = database.readers().open();
        Connection writer = database.writers().open()) {
      String write = "INSERT INTO write_probe VALUES (1, 5)";
      try (var statement = reader.createStatement()) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute(write))
            .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo("25006"));
      }
      try (var statement = writer.createStatement()) {
        assertThat(statement.executeUpdate(write)).isEqualTo(1);
      }
    }
  }

  @Test
  void connectionsWaitForNoLockForEver() throws SQLException {
    try (PostgresDatabase database = open(PostgresServer.newDatabase());
        Connection writer = database.writers().open();
        var statement = writer.createStatement();
        var result = statement.executeQuery("SHOW lock_timeout")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString(1)).isEqualTo("10s");
    }
  }

  @Test
  void constraintsAreThoseOfTheDomain() throws SQLException {
    String name = PostgresServer.newDatabase();
    open(name).close();
    PostgresServer.execute(
        name, "INSERT INTO jobs VALUES (1, 1, 'job', NULL, NULL, false, 5, 5, 1)");
    String run = "INSERT INTO job_runs VALUES (%s, NULL, %s, NULL, 5, 5, 1)";
    try (Connection connection = PostgresServer.connect(name);
        var statement = connection.createStatement()) {
      for (String wrong :
          List.of(
              run.formatted("1, 1, 1, 'PENDING', 5, NULL", "NULL"),
              run.formatted("1, 1, 1, 'RUNNING', NULL, NULL", "NULL"),
              run.formatted("1, 1, 1, 'SUCCESS', 6, 5", "NULL"),
              run.formatted("1, 1, 1, 'DONE', 6, 7", "NULL"),
              run.formatted("1, 1, 1, 'SUCCESS', 6, 7", "'{'"),
              run.formatted("1, 2, 1, 'SUCCESS', 6, 7", "NULL"),
              run.formatted("1, 1, 2, 'SUCCESS', 6, 7", "NULL"))) {
        assertThatExceptionOfType(SQLException.class)
            .as(wrong)
            .isThrownBy(() -> statement.execute(wrong));
      }
      assertThat(
              statement.executeUpdate(
                  run.formatted("1, 1, 1, 'SUCCESS', 6, 7", "'{\"a\":\"\\u0000\"}'")))
          .isEqualTo(1);
    }
  }
}
