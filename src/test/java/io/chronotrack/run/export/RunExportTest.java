package io.chronotrack.run.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.http.Download;
import io.chronotrack.http.JsonbForm;
import io.chronotrack.job.Job;
import io.chronotrack.job.NewJob;
import io.chronotrack.page.Page;
import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.RunView;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.storage.StorageUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunExportTest {

  private static final Job JOB =
      Job.create(3, 1, new NewJob("nightly", null, null), SampleRuns.CREATED);

  private final List<Position> asked = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static JobRun run(long id) {
    return JobRun.create(id, JOB, SampleRuns.wanted(RunStatus.SUCCESS), SampleRuns.CREATED);
  }

  private static Page<JobRun> page(@Nullable Position next, Long... ids) {
    return new Page<>(List.of(ids).stream().map(RunExportTest::run).toList(), next);
  }

  /** Of pages, each of which is behind the position that is its number. */
  private RunExport of(List<Page<JobRun>> pages) {
    return new RunExport(
        pages.get(0),
        position -> {
          asked.add(position);
          return pages.get((int) position.major());
        });
  }

  private static Position number(int page) {
    return new Position(page, 0);
  }

  private static Download ndjson(RunExport export) {
    return export.forms().get(0);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void everyLineIsTheJsonOfARun() throws IOException {
    ndjson(of(List.of(page(null, 2L, 1L)))).content().writeTo(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            JsonbForm.toJson(RunView.of(run(2)))
                + "\n"
                + JsonbForm.toJson(RunView.of(run(1)))
                + "\n");
  }

  @Test
  void itGoesOnBehindPagesThatAreEmpty() throws IOException {
    var pages =
        List.of(
            page(number(1)),
            page(number(2), 5L, 4L),
            page(number(3)),
            page(number(4)),
            page(null, 1L));
    ndjson(of(pages)).content().writeTo(out);
    assertThat(lines())
        .extracting(line -> line.substring(0, 7))
        .containsExactly("{\"id\":5", "{\"id\":4", "{\"id\":1");
    assertThat(asked).containsExactly(number(1), number(2), number(3), number(4));
  }

  @Test
  void csvOfNothingIsTheHeader() throws IOException {
    of(List.of(page(null))).forms().get(1).content().writeTo(out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(RunCsv.HEADER);
  }

  @Test
  void aFailureInTheMiddleComesBehindWhatWasWritten() {
    var export =
        new RunExport(
            page(number(1), 2L),
            position -> {
              throw new StorageUnavailable("The database is away.", null);
            });
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> ndjson(export).content().writeTo(out));
    assertThat(lines()).hasSize(1);
  }
}
