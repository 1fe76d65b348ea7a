package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Below another path than the root of the server, what leads somewhere still does. */
@OnEveryServer
@NullUnmarked // JUnit fills the fields.
class ContextPathIT {

  private static final String PATH = "/tracker";

  private static ChronoTrackProcess process;
  private static ApiClient client;

  /** Knows nothing of the path: takes what answers say as the whole of it. */
  private static ApiClient server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    process = ChronoTrackProcess.in(folder).below(PATH).start();
    client = process.client().listenedToBy(OpenApiConformance.with(process.client()));
    server = new ApiClient(URI.create("http://127.0.0.1:" + process.port()));
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.close();
    }
  }

  @Test
  void theIndexLeadsToEverything() {
    JsonObject index = client.get("/").json();

    for (String part : new String[] {"jobs", "runs", "health", "openapi", "problems"}) {
      assertThat(index.getString(part)).startsWith(PATH + "/");
      assertThat(server.get(index.getString(part)).status()).as(part).isEqualTo(200);
    }
  }

  @Test
  void whatWasCreatedIsWhereLocationSaysAlsoIfItIsAskedForAgain() {
    String job = "{\"name\":\"located\"}";

    Exchange created = client.postOnce("/jobs", "located", job);
    Exchange repeated = client.postOnce("/jobs", "located", job);

    assertThat(created.header("Location")).isEqualTo(process.address() + "/jobs/" + created.id());
    assertThat(repeated.header("Location")).isEqualTo(created.header("Location"));
    assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(server.get(URI.create(created.header("Location")).getPath()).json())
        .isEqualTo(created.json());
  }

  @Test
  void linkAndCursorLeadToTheNextPage() {
    long job = client.createJob("paged");
    long first = client.startRun(job);
    long second = client.startRun(job);
    String runs = "/jobs/" + job + "/runs";

    Exchange page = client.page(runs, 1, Optional.empty());

    assertThat(page.items()).containsExactly(client.run(second));
    String next = page.nextLink().orElseThrow();
    assertThat(next).startsWith(PATH + runs + "?");
    assertThat(server.get(next).items()).containsExactly(client.run(first));
    assertThat(client.page(runs, 1, ApiClient.cursorIn(page)).items())
        .containsExactly(client.run(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/9007199254740991", "/nothing/here", "/.error"})
  void anErrorNamesItsPathAndLeadsToItsExplanation(String path) {
    Exchange refused = client.get(path);

    assertThat(refused.status()).isEqualTo(404);
    Problems.assertThatItIsAProblem(refused);
    assertThat(refused.json().getString("instance")).isEqualTo(PATH + path);
    assertThat(refused.json().getString("type")).isEqualTo(PATH + "/problems/not-found");
    assertThat(server.get(refused.json().getString("type")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/started"})
  void healthIsToldBelowThePathToo(String path) {
    Exchange health = client.get(path);

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().getString("status")).isEqualTo("UP");
    assertThat(health.json().getJsonArray("checks")).isNotEmpty();
  }

  @Test
  void thatItIsNotReadyIsToldThereWithTheReason() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + process.databaseFile());
        Statement statement = other.createStatement()) {
      // Some other program holds the one write lock that the file has.
      statement.execute("BEGIN IMMEDIATE");
      Eventually.until(
          "it is not ready",
          Duration.ofSeconds(20),
          () -> client.get("/health/ready").status() == 503);

      JsonObject ready = client.get("/health/ready").json();
      assertThat(ready.getString("status")).isEqualTo("DOWN");
      assertThat(ready.getJsonArray("checks").getJsonObject(0).getJsonObject("data").keySet())
          .containsExactly("reason");
      assertThat(client.get("/health").status()).isEqualTo(503);
      assertThat(client.get("/health/live").status()).isEqualTo(200);
      statement.execute("ROLLBACK");
    }
    Eventually.until(
        "it is ready again",
        Duration.ofSeconds(20),
        () -> client.get("/health/ready").status() == 200);
  }

  @Test
  void nothingOfItIsOutsideOfThePath() {
    client.createJob(object().add("name", "inside"));

    assertThat(server.get("/jobs").status()).isEqualTo(404);
  }
}
