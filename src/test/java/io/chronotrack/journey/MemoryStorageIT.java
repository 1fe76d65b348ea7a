package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryStorageIT {

  @Test
  void theStoryIsTheSameInMemoryAndLeavesNoFile(@TempDir Path folder) throws Exception {
    try (var process = ChronoTrackProcess.in(folder).with("STORAGE", "memory").start()) {
      ApiClient client = process.client();
      long job = client.createJob("import");
      long run = client.announceRun(job);
      client.start(run);
      client.fail(run, "boom");
      long second = client.startRun(job);
      client.succeed(second);

      assertThat(client.run(run).getString("errorMessage")).isEqualTo("boom");
      assertThat(client.events(run)).hasSize(3);
      Exchange page = client.page("/runs", 1, Optional.empty());
      assertThat(page.items()).containsExactly(client.run(second));
      assertThat(client.get(page.nextLink().orElseThrow()).items())
          .containsExactly(client.run(run));
      Exchange refused = client.patch("/runs/" + run, "{\"status\":\"RUNNING\"}");
      assertThat(refused.status()).isEqualTo(409);
      client.archive(job);
      assertThat(client.post("/jobs/" + job + "/runs", "{}").status()).isEqualTo(409);

      assertThat(process.stop()).isZero();
      assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("output.log"));
    }
  }
}
