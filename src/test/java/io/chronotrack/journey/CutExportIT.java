package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** An export that the storage fails in the middle of: what the client has must not look whole. */
@OnEveryServer
@DisabledIfSystemProperty(
    named = "chronotrack.server",
    matches = "liberty",
    disabledReason =
        "Open Liberty writes no last chunk either, but forgets to close the connection")
class CutExportIT {

  /** With what the sockets and the server take ahead, more than a client has without reading. */
  private static final int RUNS = 6_000;

  private static final String MESSAGE = "x".repeat(10_000);
  private static final String END_OF_CHUNKS = "\r\n0\r\n\r\n";

  @Test
  void aFailureOfTheStorageInTheMiddleHasNoProperEnd(@TempDir Path folder) throws Exception {
    try (var process = ChronoTrackProcess.in(folder).start()) {
      ApiClient client = process.client();
      ManyRuns.record(client, client.createJob("exported"), RUNS, MESSAGE);
      try (var slow = new RawConnection(process.port())) {
        slow.send("GET /runs/export HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(slow.readUntil("\r\n\r\n"))
            .startsWith("HTTP/1.1 200")
            .containsIgnoringCase("Transfer-Encoding: chunked");
        sql(process.databaseFile(), "ALTER TABLE job_runs RENAME TO gone");

        String rest = slow.readToEnd();

        assertThat(rest).isNotEmpty().doesNotContain(END_OF_CHUNKS).doesNotContain("problem");
        assertThat(slow.isClosedByServer()).isTrue();
        assertThat(process.output()).containsOnlyOnce("runs.ndjson broke off");
      }
      sql(process.databaseFile(), "ALTER TABLE gone RENAME TO job_runs");
      assertThat(client.get("/runs/export").body().lines()).hasSize(RUNS);
    }
  }

  private static void sql(Path database, String statement) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + database);
        Statement running = connection.createStatement()) {
      running.execute(statement);
    }
  }
}
