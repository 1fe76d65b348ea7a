package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /stats}, {@code /jobs/{id}/stats}, {@code include=summary}, and what runs tell of it. */
class StatsResourcesTest extends ResourceLayer {

  private static final Caller VIEWER = SampleCallers.with(Role.VIEWER);
  private static final Caller OF_OTHER_PROJECT = SampleCallers.inOtherProject(Role.SYSTEM);
  private static final Caller OF_JOB_2 = SampleCallers.ofJobs(Role.VIEWER, 2L);

  private static final String THE_HOUR = "from=2026-01-31T08:00:00Z&to=2026-01-31T09:00:00Z";

  private static final String NO_TIMES =
      "{\"count\":0,\"minMs\":null,\"avgMs\":null,\"p50Ms\":null,\"p95Ms\":null,\"p99Ms\":null,"
          + "\"maxMs\":null}";

  private long job;
  private long otherJob;

  @BeforeEach
  void createJobs() throws Exception {
    job = createJob("{\"name\":\"a\"}");
    otherJob = createJob("{\"name\":\"b\"}");
  }

  /** A run that took so many seconds from eight o'clock on. */
  private JsonObject ended(long ofJob, String status, int seconds)
      throws IOException, InterruptedException {
    return post(
            "jobs/" + ofJob + "/runs",
            String.format(
                "{\"status\":\"%s\",\"startedAt\":\"2026-01-31T08:00:00Z\","
                    + "\"finishedAt\":\"2026-01-31T08:00:%02dZ\"}",
                status, seconds))
        .json();
  }

  @Test
  void everyMemberOfAnAnswerIsThere() throws Exception {
    ended(job, "SUCCESS", 10);
    ended(job, "FAILED", 10);
    ended(otherJob, "CANCELLED", 50);

    String figures =
        "\"runs\":{\"total\":2,\"success\":1,\"failed\":1,\"cancelled\":0},\"successRate\":0.5,"
            + "\"duration\":{\"count\":2,\"minMs\":10000,\"avgMs\":10000,\"p50Ms\":10000,"
            + "\"p95Ms\":10000,\"p99Ms\":10000,\"maxMs\":10000},\"queueTime\":"
            + NO_TIMES
            + "}";
    assertThat(get("jobs/1/stats?interval=hour&" + THE_HOUR).body())
        .isEqualTo(
            "{\"from\":\"2026-01-31T08:00:00.000Z\",\"to\":\"2026-01-31T09:00:00.000Z\","
                + "\"interval\":\"hour\",\"timezone\":\"UTC\",\"total\":{"
                + figures
                + ",\"buckets\":[{\"from\":\"2026-01-31T08:00:00.000Z\","
                + "\"to\":\"2026-01-31T09:00:00.000Z\","
                + figures
                + "]}");
  }

  @Test
  void aProjectHasTheRunsOfAllItsJobsAndACallerOfCertainJobsThoseOfThem() throws Exception {
    ended(job, "SUCCESS", 10);
    ended(otherJob, "FAILED", 20);

    assertThat(total(get("stats"))).isEqualTo(2);
    assertThat(total(getAs(OF_JOB_2, "stats"))).isEqualTo(1);
    assertThat(total(getAs(OF_OTHER_PROJECT, "stats"))).isZero();
    assertThat(total(getAs(OF_JOB_2, "jobs/2/stats"))).isEqualTo(1);
    assertThat(getAs(OF_JOB_2, "jobs/1/stats").status()).isEqualTo(404);
    assertThat(getAs(OF_OTHER_PROJECT, "jobs/1/stats").status()).isEqualTo(404);
    assertThat(getAs(VIEWER, "stats").status()).isEqualTo(200);
    assertThat(getAs(VIEWER, "jobs/1/stats").status()).isEqualTo(200);
  }

  private static int total(Answer answer) {
    return answer.json().getJsonObject("total").getJsonObject("runs").getInt("total");
  }

  @Test
  void withoutWordsTheLastThirtyDaysAreToldByDays() throws Exception {
    JsonObject stats = get("stats").json();

    assertThat(stats.getString("from")).isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(stats.getString("to")).isEqualTo("2026-02-01T00:00:00.000Z");
    assertThat(stats.getString("interval")).isEqualTo("day");
    assertThat(stats.getString("timezone")).isEqualTo("UTC");
    assertThat(stats.getJsonArray("buckets")).hasSize(31);
    assertThat(get("stats?interval=hour").json().getJsonArray("buckets")).hasSize(25);
  }

  @Test
  void daysAreThoseOfTheTimeZone() throws Exception {
    ended(job, "SUCCESS", 10);

    JsonObject stats =
        get("stats?timezone=Asia/Kolkata&from=2026-01-31T08:00:00Z&to=2026-01-31T09:00:00Z").json();

    assertThat(stats.getString("timezone")).isEqualTo("Asia/Kolkata");
    assertThat(stats.getString("from")).isEqualTo("2026-01-30T18:30:00.000Z");
    assertThat(stats.getString("to")).isEqualTo("2026-01-31T18:30:00.000Z");
    assertThat(stats.getJsonObject("total").getJsonObject("runs").getInt("success")).isEqualTo(1);
    assertThat(get("stats?timezone=%2B05:30").json().getString("timezone")).isEqualTo("+05:30");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interval=week | interval",
        "interval=HOUR | interval",
        "timezone=Berlin | timezone",
        "timezone= | timezone",
        "timezone=%2B01:07 | timezone",
        "from=yesterday | from",
        "to=2026-01-31 | to",
        "from=2026-01-31T09:30:00Z&to=2026-01-31T09:30:00Z | to",
        "from=2024-01-31T09:30:00Z | from",
        "from=2025-01-31T09:30:00Z&interval=hour | from",
        "status=FAILED | status",
        "interval=day&interval=day | interval"
      })
  void whatIsWrongIsNamed(String query, String parameter) throws Exception {
    for (String path : new String[] {"stats?", "jobs/1/stats?"}) {
      Answer answer = get(path + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
          .isEqualTo(parameter);
    }
  }

  @Test
  void aRunThatIsNotOverCountsNowhere() throws Exception {
    createRun(job, "{}");
    createRun(job, "{\"status\":\"RUNNING\"}");
    assertThat(total(get("stats"))).isZero();
  }

  @Test
  void theTimeThatARunWaitedIsToldWhenItHasEnded() throws Exception {
    long run = createRun(job, "{}");
    patch("runs/" + run, "{\"status\":\"RUNNING\",\"startedAt\":\"2026-01-31T09:30:02Z\"}");
    patch("runs/" + run, "{\"status\":\"SUCCESS\",\"finishedAt\":\"2026-01-31T09:30:09Z\"}");

    JsonObject total = get("jobs/1/stats").json().getJsonObject("total");
    assertThat(total.getJsonObject("queueTime").getInt("maxMs")).isEqualTo(2_000);
    assertThat(total.getJsonObject("duration").getInt("maxMs")).isEqualTo(7_000);
  }

  @Test
  void aRunIsComparedWithTheLastOnesOfItsJob() throws Exception {
    for (int i = 0; i < 5; i++) {
      JsonObject run = ended(job, "SUCCESS", 10);
      assertThat(run.isNull("durationVsMedian")).isTrue();
      assertThat(run.getBoolean("slowerThanUsual")).isFalse();
    }
    JsonObject slow = ended(job, "FAILED", 16);
    assertThat(slow.getJsonNumber("durationVsMedian").doubleValue()).isEqualTo(1.6);
    assertThat(slow.getBoolean("slowerThanUsual")).isTrue();
    assertThat(get("runs/" + slow.getInt("id")).json()).isEqualTo(slow);
    assertThat(get("runs?slowerThanUsual=true").json().getJsonArray("items")).containsExactly(slow);
    assertThat(get("jobs/1/runs?slowerThanUsual=true").json().getJsonArray("items"))
        .containsExactly(slow);
    assertThat(get("jobs/2/runs?slowerThanUsual=true").json().getJsonArray("items")).isEmpty();
    assertThat(ended(job, "SUCCESS", 9).getJsonNumber("durationVsMedian").doubleValue())
        .isEqualTo(0.9);
    assertThat(ended(otherJob, "SUCCESS", 50).isNull("durationVsMedian")).isTrue();
  }

  @Test
  void aRunningRunIsOverdueOnceItTakesLongerThanTheOthers() throws Exception {
    for (int i = 0; i < 5; i++) {
      ended(job, "SUCCESS", 10);
    }
    String since = "{\"status\":\"RUNNING\",\"startedAt\":\"2026-01-31T09:29:49Z\"}";
    JsonObject overdue = post("jobs/1/runs", since).json();
    assertThat(overdue.getBoolean("overdue")).isTrue();
    long id = overdue.getInt("id");
    long inTime = createRun(job, "{\"status\":\"RUNNING\",\"startedAt\":\"2026-01-31T09:29:50Z\"}");
    long unknown = createRun(otherJob, since);

    assertThat(get("runs/" + id).json()).isEqualTo(overdue);
    assertThat(get("runs/" + inTime).json().getBoolean("overdue")).isFalse();
    assertThat(get("runs/" + unknown).json().getBoolean("overdue")).isFalse();
    assertThat(get("runs?status=RUNNING&limit=3").json().getJsonArray("items"))
        .extracting(run -> run.asJsonObject().getBoolean("overdue"))
        .containsExactly(false, false, true);
    assertThat(get("jobs/1/runs?status=RUNNING").json().getJsonArray("items"))
        .extracting(run -> run.asJsonObject().getBoolean("overdue"))
        .containsExactly(false, true);
    JsonObject amended = patch("runs/" + id, "{\"errorMessage\":\"slow\"}").json();
    assertThat(amended.getBoolean("overdue")).isTrue();
    JsonObject done = patch("runs/" + id, "{\"status\":\"SUCCESS\"}").json();
    assertThat(done.getBoolean("overdue")).isFalse();
    assertThat(done.getJsonNumber("durationVsMedian").doubleValue()).isEqualTo(1.1);
  }

  @Test
  void aBatchIsComparedAndCountedAsWell() throws Exception {
    for (int i = 0; i < 5; i++) {
      ended(job, "SUCCESS", 10);
    }
    String run =
        "{\"op\":\"create\",\"jobId\":1,\"run\":{\"status\":\"SUCCESS\",\"startedAt\":"
            + "\"2026-01-31T08:00:00Z\",\"finishedAt\":\"2026-01-31T08:00:20Z\"}}";
    Answer answer = post("runs/batch", "{\"operations\":[" + run + "," + run + "]}");

    assertThat(answer.json().getJsonArray("results"))
        .extracting(
            result ->
                result
                    .asJsonObject()
                    .getJsonObject("body")
                    .getJsonNumber("durationVsMedian")
                    .doubleValue())
        .containsExactly(2.0, 2.0);
    assertThat(total(get("jobs/1/stats"))).isEqualTo(7);
  }

  @Test
  void aSummaryTellsHowAJobIsDoing() throws Exception {
    ended(job, "SUCCESS", 10);
    JsonObject success = ended(job, "SUCCESS", 20);
    ended(job, "FAILED", 30);
    long running = createRun(job, "{\"status\":\"RUNNING\"}");

    Answer answer = get("jobs/1?include=summary");
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(get("jobs/1?include=summary", "If-None-Match", "*").status()).isEqualTo(200);
    JsonObject summary = answer.json().getJsonObject("summary");
    assertThat(summary.getString("since")).isEqualTo("2026-01-25T00:00:00.000Z");
    assertThat(summary.getJsonObject("lastRun").getInt("id")).isEqualTo((int) running);
    assertThat(summary.getJsonObject("lastRun").getString("status")).isEqualTo("RUNNING");
    assertThat(summary.getJsonObject("lastRun").isNull("durationMs")).isTrue();
    assertThat(summary.getJsonObject("lastSuccess").getInt("id")).isEqualTo(success.getInt("id"));
    assertThat(summary.getJsonObject("lastSuccess").getInt("durationMs")).isEqualTo(20_000);
    assertThat(summary.getJsonObject("runs").toString())
        .isEqualTo("{\"total\":3,\"success\":2,\"failed\":1,\"cancelled\":0}");
    assertThat(summary.getJsonNumber("successRate").doubleValue()).isEqualTo(0.6667);
    assertThat(summary.getInt("medianDurationMs")).isBetween(19_800, 20_200);
    assertThat(summary.getInt("p95DurationMs")).isBetween(19_800, 20_200);
  }

  @Test
  void theSummariesOfAListAreThoseOfItsJobs() throws Exception {
    ended(job, "FAILED", 10);

    var items = get("jobs?include=summary").json().getJsonArray("items");
    assertThat(items).hasSize(2);
    JsonObject ofOther = items.getJsonObject(0).getJsonObject("summary");
    assertThat(ofOther.get("lastRun")).isEqualTo(JsonValue.NULL);
    assertThat(ofOther.get("lastSuccess")).isEqualTo(JsonValue.NULL);
    assertThat(ofOther.get("successRate")).isEqualTo(JsonValue.NULL);
    assertThat(items.getJsonObject(1)).isEqualTo(get("jobs/1?include=summary").json());
    assertThat(items.getJsonObject(1).getJsonObject("summary").getInt("successRate")).isZero();
    assertThat(getAs(OF_OTHER_PROJECT, "jobs?include=summary").json().getJsonArray("items"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jobs?include=all", "jobs/1?include=", "jobs/1?sumary=1", "jobs?sumary=1"})
  void anotherPartOfAJobIsNotKnown(String path) throws Exception {
    assertThat(get(path).status()).isEqualTo(400);
  }
}
