package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs as files: in which form they come, what they can be asked for, and what is refused. */
class ExportResourcesTest extends ResourceLayer {

  private static final String ENDED =
      "{\"status\":\"FAILED\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"finishedAt\":\"2026-01-01T00:00:01Z\",\"errorMessage\":\"no, \\\"full\\\"\",\"metadata\":{\"env\":\"ä\"}}";

  @BeforeEach
  void fill() throws IOException, InterruptedException {
    createJob("{\"name\":\"a\"}");
    createJob("{\"name\":\"b\"}");
    createRun(1, ENDED);
    createRun(1, "{}");
    createRun(2, "{\"status\":\"RUNNING\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/x-ndjson", "application/*", "text/csv;q=0.5, */*"})
  void linesAreTheItemsOfTheList(String accept) throws Exception {
    Answer answer = get("runs/export", "Accept", accept);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"runs.ndjson\"");
    assertThat(answer.body()).endsWith("\n");
    assertThat(answer.body().lines())
        .containsExactlyElementsOf(
            get("runs?limit=3").json().getJsonArray("items").stream()
                .map(Object::toString)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "text/*", "application/x-ndjson;q=0.1, text/csv"})
  void rowsAreForWhoAsksForThem(String accept) throws Exception {
    Answer answer = get("jobs/1/runs/export?status=FAILED", "Accept", accept);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
    assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"runs.csv\"");
    assertThat(answer.body())
        .isEqualTo(
            "id,jobId,externalId,status,startedAt,finishedAt,durationMs,durationVsMedian,"
                + "slowerThanUsual,overdue,errorMessage,metadata,traceparent,createdAt,updatedAt\r\n"
                + "1,1,,FAILED,2026-01-01T00:00:00.000Z,2026-01-01T00:00:01.000Z,1000,,false,false,"
                + "\"no, \"\"full\"\"\",\"{\"\"env\"\":\"\"ä\"\"}\",,"
                + NOW_TEXT
                + ","
                + NOW_TEXT
                + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs/export|3,2,1",
        "runs/export?sort=createdAt|1,2,3",
        "runs/export?jobId=2|3",
        "runs/export?filter=status%20%3D%20FAILED%20AND%20jobId%20%3D%201|1",
        "runs/export?since=1h&metadata.env=%C3%A4|1",
        "jobs/1/runs/export|2,1",
        "jobs/1/runs/export?sort=-durationMs|1",
        "jobs/2/runs/export?status=SUCCESS|"
      })
  void itIsAskedForLikeTheList(String path, String ids) throws Exception {
    Answer answer = get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body().lines().map(line -> line.split("[:,]", 3)[1]))
        .containsExactlyElementsOf(ids == null ? List.of() : List.of(ids.split(",", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    "runs/export?limit=5, limit",
    "runs/export?cursor=x, cursor",
    "runs/export?count=true, count",
    "runs/export?stauts=FAILED, stauts",
    "runs/export?sort=name, sort",
    "runs/export?filter=status, filter",
    "runs/export?errorMessage=x, errorMessage",
    "jobs/1/runs/export?jobId=1, jobId"
  })
  void whatTheListRefusesIsRefusedAndNamed(String path, String parameter) throws Exception {
    for (String accept : List.of("*/*", "text/csv")) {
      Answer answer = get(path, "Accept", accept);
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
          .extracting(error -> error.getString("parameter"))
          .containsExactly(parameter);
    }
  }

  @Test
  void thereMustBeSuchAJobAndTheCallerMustSeeIt() throws Exception {
    assertThat(get("jobs/9/runs/export").status()).isEqualTo(404);
    assertThat(get("jobs/x/runs/export").status()).isEqualTo(400);
    assertThat(getAs(SampleCallers.with(Role.VIEWER), "runs/export").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html"})
  void otherFormsAreNotToBeHad(String accept) throws Exception {
    Answer answer = get("runs/export", "Accept", accept);
    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.json().getString("code")).isEqualTo("NOT_ACCEPTABLE");
  }

  @Test
  void headAndOptionsAreAnswered() throws Exception {
    Answer head = sendWithoutBody("HEAD", "runs/export", "Accept", "text/csv");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
    assertThat(head.header("Content-Disposition")).contains("runs.csv");
    assertThat(head.body()).isEmpty();
    assertThat(sendWithoutBody("HEAD", "runs/export?limit=1").status()).isEqualTo(400);
    assertThat(sendWithoutBody("OPTIONS", "runs/export").header("Allow"))
        .contains("GET")
        .contains("HEAD");
    Answer refused = sendWithoutBody("DELETE", "runs/export");
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).contains("GET").doesNotContain("PATCH");
  }
}
