package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lists of runs and jobs can be asked for. */
class SearchResourcesTest extends ResourceLayer {

  @BeforeEach
  void fill() throws IOException, InterruptedException {
    post("jobs", "{\"name\":\"Load sales\",\"type\":\"etl\"}");
    post("jobs", "{\"name\":\"report\",\"type\":\"mail\",\"description\":\"of Sales\"}");
    post("jobs", "{\"name\":\"idle\"}");
    run(
        1,
        "\"status\":\"SUCCESS\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"finishedAt\":\"2026-01-01T00:00:09Z\",\"metadata\":{\"env\":\"prod\"}");
    run(
        1,
        "\"status\":\"FAILED\",\"startedAt\":\"2026-01-02T00:00:00Z\",\"finishedAt\":\"2026-01-02T00:00:01Z\",\"errorMessage\":\"Disk full\",\"metadata\":{\"env\":\"test\",\"a\":{\"b\":5}}");
    run(2, "\"status\":\"RUNNING\",\"startedAt\":\"2026-01-03T00:00:00Z\",\"externalId\":\"x,y\"");
    run(2, "\"status\":\"PENDING\"");
  }

  private void run(int job, String members) throws IOException, InterruptedException {
    assertThat(post("jobs/" + job + "/runs", "{" + members + "}").status()).isEqualTo(201);
  }

  private List<Integer> idsOf(String path) throws IOException, InterruptedException {
    Answer answer = get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(run -> run.getInt("id"))
        .toList();
  }

  private static String filter(String expression) {
    return "filter=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=9|4,3,2",
        "sort=createdAt&limit=9|1,2,3",
        "sort=startedAt&limit=9|1,2,3",
        "sort=-startedAt&limit=9|3,2,1",
        "sort=-finishedAt&limit=9|2,1",
        "sort=durationMs&limit=9|2,1",
        "jobId=1|2,1",
        "jobId=2,1&status=PENDING,FAILED|4,2",
        "externalId=x,y|3",
        "sort=startedAt&startedAt.gte=2026-01-02T00:00:00Z|2,3",
        "sort=startedAt&startedAt.gt=2026-01-02T00:00:00Z|3",
        "sort=startedAt&startedAt.lte=2026-01-02T00:00:00Z|1,2",
        "sort=startedAt&startedAt.lt=2026-01-02T00:00:00Z|1",
        "sort=durationMs&durationMs.gte=1000&durationMs.lt=9000|2",
        "jobId=1&durationMs.gt=1000|1",
        "jobId=1&errorMessage=dISK|2",
        "since=1h&job.type=etl,other|2,1",
        "since=1h&metadata.env=prod|1",
        "jobId=1&metadata.a.b=5|2"
      })
  void runsAreFoundByParameters(String query, String ids) throws Exception {
    assertThat(idsOf("runs?" + query)).hasToString("[" + ids.replace(",", ", ") + "]");
  }

  @Test
  void runsAreFoundByAnExpression() throws Exception {
    String expression =
        "(status = \"FAILED\" OR durationMs > 5000) AND job.type = \"etl\" AND NOT metadata.env ="
            + " \"test\"";
    assertThat(idsOf("runs?since=1h&" + filter(expression))).containsExactly(1);
    assertThat(idsOf("jobs/1/runs?" + filter("status = FAILED"))).containsExactly(2);
    assertThat(idsOf("runs?" + filter("jobId = 1 AND metadata.a.b:*"))).containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource({
    "runs?sort=name, sort",
    "runs?sort=, sort",
    "runs?jobId=x, jobId",
    "runs?durationMs.gte=1.5, durationMs.gte",
    "runs?startedAt.gte=now, startedAt.gte",
    "runs?startedAt=2026-01-01T00:00:00Z, startedAt",
    "runs?since=yesterday, since",
    "runs?errorMessage=, errorMessage",
    "runs?errorMessage=x, errorMessage",
    "runs?metadata.=x, metadata.",
    "runs?metadata.a..b=x, metadata.a..b",
    "runs?count=1, count",
    "jobs/1/runs?jobId=1, jobId",
    "jobs/1/runs?job.type=etl, job.type",
    "runs?sort=-durationMs&status=FAILED, status",
    "jobs?sort=type, sort",
    "jobs?text=%20, text",
    "jobs?lastRun.status=DONE, lastRun.status",
    "jobs?lastRun.olderThan=5, lastRun.olderThan"
  })
  void whatIsWrongIsNamed(String path, String parameter) throws Exception {
    Answer answer = get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(error -> error.getString("parameter"))
        .containsExactly(parameter);
  }

  @Test
  void aRefusalOfAnExpressionTellsThePlace() throws Exception {
    Answer answer = get("runs?" + filter("status = FAILED AND"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("detail"))
        .isEqualTo("filter cannot be understood at character 20: the name of a field is expected");
  }

  @Test
  void pagesLeadForwardAndBack() throws Exception {
    Answer first = get("runs?limit=3&sort=createdAt");
    assertThat(first.json().isNull("prevCursor")).isTrue();
    String next = first.json().getString("nextCursor");
    Answer second = get("runs?limit=3&sort=createdAt&cursor=" + next);
    assertThat(second.json().isNull("nextCursor")).isTrue();
    String previous = second.json().getString("prevCursor");
    assertThat(second.response().headers().allValues("Link"))
        .singleElement()
        .asString()
        .contains("cursor=" + previous, "sort=createdAt", "rel=\"prev\"");
    assertThat(idsOf("runs?limit=3&sort=createdAt&cursor=" + previous)).containsExactly(1, 2, 3);
    assertThat(get("runs?limit=3&sort=-createdAt&cursor=" + next).status()).isEqualTo(400);
    assertThat(get("runs?limit=3&sort=createdAt&jobId=1&cursor=" + next).status()).isEqualTo(400);
  }

  @Test
  void itemsAreCountedIfThatIsAskedFor() throws Exception {
    assertThat(get("runs?limit=1").json().isNull("count")).isTrue();
    assertThat(get("runs?limit=1&count=true").json().getJsonObject("count"))
        .hasToString("{\"value\":4,\"exact\":true}");
    assertThat(get("jobs/1/runs?status=FAILED&count=true").json().getJsonObject("count"))
        .hasToString("{\"value\":1,\"exact\":true}");
    assertThat(get("jobs?count=true&text=sales").json().getJsonObject("count"))
        .hasToString("{\"value\":2,\"exact\":true}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=9|3,2,1",
        "limit=9&sort=name|1,3,2",
        "limit=9&sort=-name|2,3,1",
        "text=SALES|2,1",
        "lastRun.status=FAILED|1",
        "lastRun.status=NONE,PENDING|3,2",
        "sort=lastRunAt&limit=9&text=e|3,1,2",
        "lastRun.olderThan=1h|''"
      })
  void jobsAreFoundByParameters(String query, String ids) throws Exception {
    assertThat(idsOf("jobs?" + query))
        .hasToString("[" + ids.replace("'", "").replace(",", ", ") + "]");
  }
}
