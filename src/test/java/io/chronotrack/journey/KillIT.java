package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {

  private static final int WRITERS = 8;
  private static final int WRITES_BEFORE_THE_KILL = 400;

  @Test
  void afterAKillDuringWritesEveryAcknowledgedOneIsThereAndNoneIsHalfThere(@TempDir Path folder)
      throws Exception {
    try (var process = ChronoTrackProcess.in(folder).start()) {
      ApiClient client = process.client();
      long job = client.createJob("written while it is killed");
      var acknowledged = new Acknowledged();
      ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writing.add(writers.submit(() -> acknowledged.writeUntilTheEnd(client, job)));
      }
      Eventually.until(
          "enough was written",
          Duration.ofSeconds(60),
          () -> acknowledged.count.get() >= WRITES_BEFORE_THE_KILL);
      process.kill();
      for (Future<?> writer : writing) {
        writer.get();
      }
      writers.shutdown();

      process.start();
      List<JsonObject> runs = client.all("/jobs/" + job + "/runs");
      acknowledged.assertThatAllIsIn(runs);
      // One write of each writer may have been stored without having been acknowledged.
      assertThat(runs.size()).isBetween(acknowledged.size(), acknowledged.size() + WRITERS);
      for (JsonObject run : runs) {
        assertThatItsEventsLeadToWhatItIs(client, run);
      }

      assertThat(client.startRun(job)).isGreaterThan(acknowledged.lastId());
      assertThat(process.stop()).isZero();
      assertThatTheFileIsSound(process.databaseFile());
    }
  }

  private static void assertThatItsEventsLeadToWhatItIs(ApiClient client, JsonObject run) {
    List<JsonObject> events = client.events(run.getJsonNumber("id").longValue());
    boolean ended = run.getString("status").equals("SUCCESS");

    assertThat(events)
        .extracting(event -> event.getString("toStatus"))
        .isEqualTo(ended ? List.of("RUNNING", "SUCCESS") : List.of("RUNNING"));
    assertThat(run.isNull("finishedAt")).isEqualTo(!ended);
  }

  private static void assertThatTheFileIsSound(Path database) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      assertThat(firstColumn(statement, "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(firstColumn(statement, "PRAGMA foreign_key_check")).isEmpty();
      assertThat(
              firstColumn(
                  statement,
                  "SELECT id FROM job_runs r WHERE version <>"
                      + " (SELECT count(*) FROM run_events e WHERE e.run_id = r.id)"))
          .isEmpty();
    }
  }

  private static List<String> firstColumn(Statement statement, String query) throws Exception {
    List<String> column = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }

  /** What the service said it had stored: the last status of each run. */
  private static final class Acknowledged {

    private final Map<Long, String> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    void writeUntilTheEnd(ApiClient client, long job) {
      try {
        while (true) {
          long run = client.startRun(job);
          note(run, "RUNNING");
          client.succeed(run);
          note(run, "SUCCESS");
        }
      } catch (UncheckedIOException e) {
        // The process is gone: what this writer sent last was not acknowledged.
        assertThat(count.get()).as(e::toString).isGreaterThanOrEqualTo(WRITES_BEFORE_THE_KILL);
      }
    }

    void assertThatAllIsIn(List<JsonObject> runs) {
      Map<Long, String> stored = new ConcurrentHashMap<>();
      runs.forEach(run -> stored.put(run.getJsonNumber("id").longValue(), run.getString("status")));
      statuses.forEach(
          (run, status) -> {
            assertThat(stored).containsKey(run);
            // The end of a run may have been stored without having been acknowledged.
            assertThat(stored.get(run)).isIn(status, "SUCCESS");
          });
    }

    int size() {
      return statuses.size();
    }

    long lastId() {
      return statuses.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private void note(long run, String status) {
      statuses.put(run, status);
      count.incrementAndGet();
    }
  }
}
