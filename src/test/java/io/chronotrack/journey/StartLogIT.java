package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedChronoTrack.class)
class StartLogIT {

  private final ApiClient client;
  private final ChronoTrackProcess process;

  StartLogIT(ApiClient client, ChronoTrackProcess process) {
    this.client = client;
    this.process = process;
  }

  @Test
  void aHealthyStartIsToldInFewLinesAndEndsWithTheAddress() {
    List<String> lines = process.outputLines();
    List<String> start =
        lines.stream().takeWhile(line -> !line.endsWith(process.address().toString())).toList();

    // The line that ends with the address is one more.
    assertThat(start).hasSizeLessThan(15).hasSizeLessThan(lines.size());
    assertThat(String.join("\n", start))
        .contains(
            Integer.toString(process.port()),
            "SQLITE",
            process.databaseFile().toString(),
            "journal_mode=wal",
            "foreign_keys=1")
        .doesNotContain("SEVERE");
    assertThat(start)
        .filteredOn(line -> line.contains("WARNING"))
        .singleElement()
        .asString()
        .contains("AUTH is off", "127.0.0.1");
  }

  @Test
  void jobsRunsAndTheirChangesAreToldInALineEach() {
    long job = client.createJob("logged job");
    long run = client.announceRun(job);
    client.start(run);
    client.fail(run, "boom");

    assertThat(process.outputLines())
        .filteredOn(line -> line.contains("Run " + run + " "))
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("of job " + job + " created"),
            line -> assertThat(line).contains("PENDING -> RUNNING"),
            line -> assertThat(line).contains("RUNNING -> FAILED"));
    assertThat(process.outputLines()).anyMatch(line -> line.contains("Job " + job + " created"));
  }
}
