package io.chronotrack.storage;

import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL of this JVM's own, started when the first test needs one. Each test takes a
 * database of its own in it.
 */
public final class PostgresServer {

  private static final String SUPERUSER = "postgres";

  /** Whose members are asked for their passwords. */
  private static final String ASKED = "asked_for_passwords";

  private static final AtomicInteger NAMES = new AtomicInteger();

  private PostgresServer() {}

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    /** Of all others, it takes whoever says who they are. */
    private static void askMembersForTheirPasswords(EmbeddedPostgres server) throws IOException {
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        Path rules;
        try (var result = statement.executeQuery("SHOW hba_file")) {
          result.next();
          rules = Path.of(result.getString(1));
        }
        Files.writeString(
            rules, "host all +" + ASKED + " all scram-sha-256\n" + Files.readString(rules));
        statement.execute("CREATE ROLE " + ASKED);
        statement.execute("SELECT pg_reload_conf()");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server = builder().start();
        askMembersForTheirPasswords(server);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop-postgres"));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One that is made for tests: what it has stored need not outlive the machine. */
  public static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "off")
        .setServerConfig("full_page_writes", "off")
        .setServerConfig("max_connections", "200");
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that it listens on, at 127.0.0.1. */
  public static int port() {
    return Holder.SERVER.getPort();
  }

  /** The address of one of its databases. */
  public static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /** Settings that lead to one of its databases, as a user that may do everything. */
  public static DatabaseSettings settings(String database) {
    return settings(database, SUPERUSER, "none");
  }

  /** Settings that lead to one of its databases. */
  public static DatabaseSettings settings(String database, String user, String password) {
    return new DatabaseSettings(url(database), user, new Secret(password), null, 16);
  }

  /**
   * Makes an empty database.
   *
   * @param options such as its encoding, in SQL
   * @return its name
   */
  public static String newDatabase(String... options) {
    String name = "test_" + NAMES.incrementAndGet();
    execute(SUPERUSER, "CREATE DATABASE " + name + " " + String.join(" ", options));
    return name;
  }

  /**
   * Makes a role that is asked for its password.
   *
   * @return its name
   */
  public static String newRole(String password) {
    String name = "role_" + NAMES.incrementAndGet();
    execute(
        SUPERUSER,
        "CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE %s".formatted(name, password, ASKED));
    return name;
  }

  /** Does something in one of its databases, as a user that may do everything. */
  public static void execute(String database, String... statements) {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one value that a query gives, as text. */
  public static String query(String database, String sql) {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection to one of its databases, as a user that may do everything. */
  public static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), SUPERUSER, "none");
  }
}
