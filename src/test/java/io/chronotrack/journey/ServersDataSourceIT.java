package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.storage.PostgresServer;
import io.chronotrack.storage.SideBySide;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The database is reached by a data source of the server's, which its administrator has made. */
@OnEveryServer
@DisabledIfSystemProperty(
    named = "chronotrack.server",
    matches = "payara-micro",
    disabledReason = "the executable jar has no data sources of a server's")
@NullUnmarked // JUnit fills the fields.
class ServersDataSourceIT {

  private static final int CLIENTS = 16;

  private static String database;
  private static ChronoTrackProcess process;
  private static ApiClient client;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    database = PostgresServer.newDatabase();
    process = ChronoTrackProcess.in(folder).onDataSource(database).start();
    client = process.client();
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.close();
    }
  }

  @Test
  void whatIsRecordedIsCommitted() {
    long run = client.announceRun(client.createJob("by JNDI"));
    client.start(run);
    client.fail(run, "boom");

    assertThat(client.events(run)).hasSize(3);
    assertThat(
            PostgresServer.query(
                database, "SELECT status || ' ' || version FROM job_runs WHERE id = " + run))
        .isEqualTo("FAILED 3");
    assertThat(client.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() {
    long job = client.createJob("refused");
    long run = client.startRun(job);
    client.succeed(run);

    assertThat(client.patch("/runs/" + run, "{\"status\":\"RUNNING\"}").status()).isEqualTo(409);

    assertThat(client.events(run)).hasSize(2);
  }

  @Test
  void ofThoseWhoFinishOneRunExactlyOneChangesIt() throws Exception {
    long run = client.startRun(client.createJob("contested"));
    Instant started = Instant.parse(client.run(run).getString("startedAt"));

    List<Exchange> answers =
        atTheSameMoment(
            i ->
                client.patch(
                    "/runs/" + run,
                    object()
                        .add("status", "SUCCESS")
                        .add("finishedAt", started.plusMillis(i).toString())
                        .build()));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(CLIENTS - 1);
    assertThat(client.events(run)).hasSize(2);
  }

  /** Whoever loses against the unique index is rolled back by the server, and runs again. */
  @Test
  void ofThoseWhoCreateOneRunAllGetTheOneThatThereIs() throws Exception {
    long job = client.createJob("created once");

    List<Exchange> answers =
        atTheSameMoment(
            i ->
                client.post(
                    "/jobs/" + job + "/runs", object().add("externalId", "night-1").build()));

    assertThat(answers).extracting(Exchange::status).containsOnly(200, 201);
    assertThat(answers.stream().map(Exchange::id).distinct()).hasSize(1);
    assertThat(client.all("/jobs/" + job + "/runs")).hasSize(1);
  }

  private static List<Exchange> atTheSameMoment(IntFunction<Exchange> request) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      return SideBySide.run(threads, CLIENTS, request);
    } finally {
      threads.shutdownNow();
    }
  }
}
