package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;

/** Histories that are long enough to be read in parts. */
final class ManyRuns {

  private static final int BATCH = 500;

  private ManyRuns() {}

  /** Records failed runs of a job, each with its number, from 0, as {@code metadata.n}. */
  static void record(ApiClient client, long job, int runs, String errorMessage) {
    for (int first = 0; first < runs; first += BATCH) {
      var operations = Json.createArrayBuilder();
      for (int n = first; n < Math.min(runs, first + BATCH); n++) {
        var run =
            object()
                .add("status", "FAILED")
                .add("startedAt", "2026-01-31T09:00:00Z")
                .add("finishedAt", "2026-01-31T09:00:01Z")
                .add("errorMessage", errorMessage)
                .add("metadata", object().add("n", n));
        operations.add(object().add("op", "create").add("jobId", job).add("run", run));
      }
      Exchange answer = client.post("/runs/batch", object().add("operations", operations).build());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().getJsonArray("results"))
          .allSatisfy(result -> assertThat(result.asJsonObject().getInt("status")).isEqualTo(201));
    }
  }
}
