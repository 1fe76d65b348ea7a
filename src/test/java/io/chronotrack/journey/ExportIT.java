package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody takes the history elsewhere. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class ExportIT {

  /** More than the service reads at a time. */
  private static final int RUNS = 700;

  private final ApiClient client;
  private long job;

  ExportIT(ApiClient client) {
    this.client = client.inNewProject();
  }

  @BeforeEach
  void recordSomething() {
    job = client.createJob("exported");
    ManyRuns.record(client, job, RUNS, "exit status 1, \"disk\nfull\"");
  }

  @Test
  void everyRunIsALineLikeThatOfTheList() {
    String path = "/jobs/" + job + "/runs";
    Exchange file = client.get(path + "/export");

    assertThat(file.status()).as(file::toString).isEqualTo(200);
    assertThat(file.contentType()).isEqualTo("application/x-ndjson");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"runs.ndjson\"");
    List<String> listed = client.all(path).stream().map(JsonValue::toString).toList();
    assertThat(listed).hasSize(RUNS);
    assertThat(file.body().lines()).containsExactlyElementsOf(listed);
  }

  @Test
  void theFileHasWhatTheFiltersLeaveInTheOrderThatIsAskedFor() {
    List<JsonObject> listed = client.all("/runs?sort=createdAt&metadata.n=5&jobId=" + job);
    assertThat(listed).hasSize(1);
    Exchange file = client.get("/runs/export?sort=createdAt&metadata.n=5&jobId=" + job);
    assertThat(file.body()).isEqualTo(listed.get(0) + "\n");
  }

  @Test
  void spreadsheetsGetRows() {
    Exchange file = client.get("/runs/export?metadata.n=5&jobId=" + job, "Accept", "text/csv");

    assertThat(file.status()).as(file::toString).isEqualTo(200);
    assertThat(file.contentType().replace(" ", "")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
    assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"runs.csv\"");
    assertThat(file.body())
        .startsWith("id,jobId,externalId,status,")
        .contains(
            ",\"exit status 1, \"\"disk\nfull\"\"\",\"{\"\"n\"\":5}\",,",
            "," + job + ",,FAILED,2026-01-31T09:00:00.000Z,")
        .endsWith("\r\n");
  }

  @Test
  void theHeadersCanBeHadAlone() {
    Exchange head = client.send("HEAD", "/runs/export", Map.of("Accept", "text/csv"), new byte[0]);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Disposition")).contains("runs.csv");
    assertThat(head.header("Content-Length")).as("which nobody knows").isEmpty();
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whatIsRefusedIsAProblem() {
    Exchange wrong = client.get("/runs/export?limit=5&sort=name");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().getJsonArray("errors")).hasSize(2);
    Problems.assertThatItIsAProblem(wrong);
    Exchange unknown = client.get("/jobs/4503599627370495/runs/export");
    assertThat(unknown.status()).isEqualTo(404);
    Problems.assertThatItIsAProblem(unknown);
    Exchange html = client.get("/runs/export", "Accept", "text/html");
    assertThat(html.status()).isEqualTo(406);
    Problems.assertThatItIsAProblem(html);
    // By a client that does not ask the document, which has no such operation.
    var careless = new ApiClient(client.address());
    Exchange changed = careless.patch("/runs/export", object().add("status", "RUNNING").build());
    assertThat(changed.status()).isEqualTo(405);
  }
}
