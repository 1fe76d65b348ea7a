package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service at moments that nobody chose, again and again on one database. How often, the
 * system property {@code chronotrack.kills} says; {@code chronotrack.kills.seed} repeats the
 * choices of an earlier time.
 */
class KillIT {

  private static final int KILLS = Integer.getInteger("chronotrack.kills", 2);
  private static final long SEED = Long.getLong("chronotrack.kills.seed", System.nanoTime());

  private static final int WRITERS = 64;

  /** Requests that are repeated after each start. */
  private static final int REPEATED = 20;

  private static final int FEWEST_WRITES = 200;
  private static final int MOST_WRITES = 2_000;
  private static final Duration LONGEST = Duration.ofSeconds(120);

  @Test
  void afterEachKillEveryAcknowledgedWriteIsThereAndNoneIsHalfThere(@TempDir Path folder)
      throws Exception {
    var random = new Random(SEED);
    var acknowledged = new AcknowledgedRuns();
    System.out.println("KillIT: chronotrack.kills=" + KILLS + ", chronotrack.kills.seed=" + SEED);
    try (var process = ChronoTrackProcess.in(folder).start()) {
      long job = process.client().createJob("written while it is killed");
      for (int kill = 1; kill <= KILLS; kill++) {
        int writes = FEWEST_WRITES + random.nextInt(MOST_WRITES - FEWEST_WRITES);
        killAmidWrites(process, job, acknowledged, writes, random);
        StoredRuns.assertSound(process.databaseFile());
        assertThat(process.folder().resolve("chronotrack.db-wal")).isNotEmptyFile();

        process.start();
        acknowledged.assertThatAllIsIn(process.client().all("/jobs/" + job + "/runs"));
        acknowledged.assertThatRepetitionsGiveThem(process.client(), job, REPEATED);
        System.out.println("KillIT: after kill " + kill + " there are " + acknowledged);
      }

      assertThat(process.client().startRun(job)).isGreaterThan(acknowledged.lastId());
      assertThatItsEventsLeadToWhatItIs(process.client(), acknowledged.lastId());
      assertThat(process.stop()).isZero();
      StoredRuns.assertSound(process.databaseFile());
    }
  }

  /** Returns when the process is dead and all writers have noticed. */
  private static void killAmidWrites(
      ChronoTrackProcess process,
      long job,
      AcknowledgedRuns acknowledged,
      int writes,
      Random random)
      throws Exception {
    int enough = acknowledged.writes() + writes;
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        var choices = new Random(random.nextLong());
        writing.add(
            threads.submit(
                () -> writeUntilTheEnd(process.client(), job, acknowledged, enough, choices)));
      }
      Eventually.until("enough was written", LONGEST, () -> acknowledged.writes() >= enough);
      process.kill();
      for (Future<?> writer : writing) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** One client, which changes only runs of its own, until the process is gone. */
  private static void writeUntilTheEnd(
      ApiClient client, long job, AcknowledgedRuns acknowledged, int enough, Random choices) {
    try {
      while (true) {
        boolean announced = choices.nextBoolean();
        String status = announced ? "PENDING" : "RUNNING";
        String key = status + "-" + UUID.randomUUID();
        long run = client.createRunOnce(job, key, ApiClient.object().add("status", status)).id();
        acknowledged.noteCreated(key, run, status);
        if (announced) {
          client.start(run);
          acknowledged.note(run, "RUNNING");
        }
        if (choices.nextInt(4) > 0) {
          client.succeed(run);
          acknowledged.note(run, "SUCCESS");
        }
      }
    } catch (UncheckedIOException e) {
      // The process is gone. What was sent last has no answer, and is not acknowledged.
      assertThat(acknowledged.writes()).as(e::toString).isGreaterThanOrEqualTo(enough);
    }
  }

  /** The status that the request with this key asked for. */
  static String statusOf(String key) {
    return key.substring(0, key.indexOf('-'));
  }

  private static void assertThatItsEventsLeadToWhatItIs(ApiClient client, long id) {
    JsonObject run = client.run(id);
    List<JsonObject> events = client.events(id);
    assertThat(client.get("/runs/" + id).header("ETag")).isEqualTo("\"" + events.size() + "\"");
    assertThat(events.get(events.size() - 1).getString("toStatus"))
        .isEqualTo(run.getString("status"));
  }
}
