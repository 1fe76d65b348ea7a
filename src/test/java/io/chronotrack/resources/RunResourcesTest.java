package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /runs} and {@code /jobs/{id}/runs} in HTTP. */
class RunResourcesTest extends ResourceLayer {

  private static final Caller VIEWER = SampleCallers.with(Role.VIEWER);
  private static final Caller OF_OTHER_PROJECT = SampleCallers.inOtherProject(Role.SYSTEM);
  private static final Caller OF_JOB_1 = SampleCallers.ofJobs(Role.SYSTEM, 1L);

  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @BeforeEach
  void createJob() throws IOException, InterruptedException {
    createJob("{\"name\":\"ETL\"}");
  }

  @Test
  void aNewRunIsAnsweredWithItsAddressItsVersionAndAllItsMembers() throws Exception {
    Answer answer = post("jobs/1/runs", "{}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo(getBaseUri().resolve("/runs/1").toString());
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":1,\"jobId\":1,\"externalId\":null,\"status\":\"PENDING\","
                + "\"startedAt\":null,\"finishedAt\":null,\"durationMs\":null,\"errorMessage\":null,\"metadata\":null,"
                + "\"traceparent\":null,\"createdAt\":\""
                + NOW_TEXT
                + "\",\"updatedAt\":\""
                + NOW_TEXT
                + "\"}");
    assertThat(get("runs/1").body()).isEqualTo(answer.body());
  }

  @Test
  void aRunThatIsReportedAfterTheFactHasItsTimesInUtc() throws Exception {
    JsonObject run =
        post(
                "jobs/1/runs",
                "{\"status\":\"FAILED\",\"startedAt\":\"2026-01-31T10:00:00+01:00\","
                    + "\"finishedAt\":\"2026-01-31T09:00:01.2345Z\",\"errorMessage\":\"exit 3\","
                    + "\"metadata\":{\"exitStatus\":3}}")
            .json();

    assertThat(run.getString("startedAt")).isEqualTo("2026-01-31T09:00:00.000Z");
    assertThat(run.getString("finishedAt")).isEqualTo("2026-01-31T09:00:01.234Z");
    assertThat(run.getInt("durationMs")).isEqualTo(1234);
    assertThat(run.getString("errorMessage")).isEqualTo("exit 3");
    assertThat(run.getJsonObject("metadata").getInt("exitStatus")).isEqualTo(3);
  }

  @Test
  void theTraceOfTheRequestIsKept() throws Exception {
    Answer answer =
        send(
            "POST",
            "jobs/1/runs",
            "{}",
            "Content-Type",
            "application/json",
            "traceparent",
            TRACEPARENT);

    assertThat(answer.json().getString("traceparent")).isEqualTo(TRACEPARENT);
  }

  @Test
  void aTraceThatIsNoneIsIgnored() throws Exception {
    Answer answer =
        send("POST", "jobs/1/runs", "{}", "Content-Type", "application/json", "traceparent", "x");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().isNull("traceparent")).isTrue();
  }

  @Test
  void anExternalIdThatTheJobHasAlreadyLeadsToTheRunThatExists() throws Exception {
    Answer first = post("jobs/1/runs", "{\"externalId\":\"n 1/ä\",\"status\":\"RUNNING\"}");
    Answer again = post("jobs/1/runs", "{\"externalId\":\"n 1/ä\"}");

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("ETag")).isEqualTo("\"1\"");
    assertThat(first.json().getString("externalId")).isEqualTo("n 1/ä");
    assertThat(get("runs").json().getJsonArray("items")).hasSize(1);
    assertThat(get("runs/1/events").json().getJsonArray("items")).hasSize(1);
  }

  @Test
  void theRunsOfAJobCanBeAskedForByTheirExternalId() throws Exception {
    createRun(1, "{\"externalId\":\"a\"}");
    createRun(1, "{\"externalId\":\"b\"}");

    var found = get("jobs/1/runs?externalId=b").json().getJsonArray("items");

    assertThat(found).hasSize(1);
    assertThat(found.getJsonObject(0).getString("externalId")).isEqualTo("b");
    assertThat(get("jobs/1/runs?externalId=c").json().getJsonArray("items")).isEmpty();
    assertThat(get("runs?externalId=b").json().getJsonArray("items")).isEqualTo(found);
  }

  @Test
  void anExternalIdCannotBeChanged() throws Exception {
    createRun(1, "{\"externalId\":\"a\"}");

    assertThat(patch("runs/1", "{\"externalId\":\"a\"}").status()).isEqualTo(400);
    assertThat(patch("runs/1", "{\"status\":\"RUNNING\"}").json().getString("externalId"))
        .isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"externalId\":\"\"}",
        "{\"externalId\":\" \"}",
        "{\"externalId\":\"123456789\"}",
        "{\"externalId\":\"a\\nb\"}",
        "{\"externalId\":7}",
        "{\"status\":\"DONE\"}",
        "{\"status\":\"running\"}",
        "{\"status\":1}",
        "{\"status\":null}",
        "{\"startedAt\":\"2026-01-31T09:00:00Z\"}",
        "{\"status\":\"SUCCESS\"}",
        "{\"status\":\"RUNNING\",\"startedAt\":\"2026-01-31\"}",
        "{\"status\":\"RUNNING\",\"startedAt\":\"2026-01-31T09:36:00Z\"}",
        "{\"status\":\"RUNNING\",\"startedAt\":1769850000}",
        "{\"status\":\"SUCCESS\",\"startedAt\":\"2026-01-31T09:00:00Z\","
            + "\"finishedAt\":\"2026-01-31T08:59:59.999Z\"}",
        "{\"metadata\":[]}",
        "{\"metadata\":\"{}\"}",
        "{\"metadata\":{\"a\":\"012345678901234567890123456789012345678901234\"}}",
        "{\"jobId\":1}",
        "{\"durationMs\":1}"
      })
  void aRunThatBreaksARuleIsRefused(String body) throws Exception {
    assertThat(post("jobs/1/runs", body).status()).isEqualTo(400);
    assertThat(get("runs").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void anErrorMessageThatIsTooLongIsCutAndMarked() throws Exception {
    createRun(1, "{\"status\":\"RUNNING\"}");

    String kept =
        patch("runs/1", "{\"status\":\"FAILED\",\"errorMessage\":\"" + "😀".repeat(300) + "\"}")
            .json()
            .getString("errorMessage");

    assertThat(kept.codePointCount(0, kept.length())).isEqualTo(LIMITS.errorMessageLength());
    assertThat(kept).startsWith("😀").endsWith("[cut: 300 characters in all]");
  }

  @Test
  void aRunGoesAlongAndEveryStepIsAnEvent() throws Exception {
    createRun(1, "{}");
    Answer started = patch("runs/1", "{\"status\":\"RUNNING\"}");
    Answer ended =
        patch(
            "runs/1",
            "{\"status\":\"SUCCESS\",\"finishedAt\":\"2026-01-31T09:30:02Z\"}",
            "If-Match",
            started.header("ETag"));
    Answer amended = patch("runs/1", "{\"metadata\":{\"rows\":7}}");

    assertThat(started.json().getString("startedAt")).isEqualTo(NOW_TEXT);
    assertThat(ended.json().getInt("durationMs")).isEqualTo(2000);
    assertThat(amended.header("ETag")).isEqualTo("\"4\"");

    Answer first = get("runs/1/events?limit=1");
    assertThat(first.json().getJsonArray("items"))
        .hasToString(
            "[{\"runId\":1,\"version\":1,\"type\":\"CREATED\",\"fromStatus\":null,"
                + "\"toStatus\":\"PENDING\",\"changed\":[],\"occurredAt\":\""
                + NOW_TEXT
                + "\",\"recordedAt\":\""
                + NOW_TEXT
                + "\"}]");
    assertThat(first.header("Link")).contains("/runs/1/events?").endsWith("; rel=\"next\"");
    List<JsonObject> all =
        get("runs/1/events?limit=3&cursor=" + first.json().getString("nextCursor"))
            .json()
            .getJsonArray("items")
            .getValuesAs(JsonObject.class);
    assertThat(all)
        .extracting(event -> event.getString("type"))
        .containsExactly("STATUS_CHANGED", "STATUS_CHANGED", "AMENDED");
    assertThat(all.get(1).getJsonArray("changed")).hasToString("[\"status\",\"finishedAt\"]");
    assertThat(all.get(1).getString("occurredAt")).isEqualTo("2026-01-31T09:30:02.000Z");
    assertThat(all.get(1).getString("recordedAt")).isEqualTo(NOW_TEXT);
  }

  @Test
  void aTransitionThatIsRepeatedChangesNothing() throws Exception {
    createRun(1, "{\"status\":\"RUNNING\"}");
    Answer once = patch("runs/1", "{\"status\":\"SUCCESS\"}");
    Answer twice = patch("runs/1", "{\"status\":\"SUCCESS\"}");

    assertThat(twice.status()).isEqualTo(200);
    assertThat(twice.body()).isEqualTo(once.body());
    assertThat(twice.header("ETag")).isEqualTo(once.header("ETag"));
  }

  @Test
  void metadataIsMergedMemberByMember() throws Exception {
    createRun(1, "{\"metadata\":{\"a\":1,\"b\":{\"c\":2}}}");

    Answer merged = patch("runs/1", "{\"metadata\":{\"a\":null,\"b\":{\"d\":3}}}");

    assertThat(merged.json().getJsonObject("metadata")).hasToString("{\"b\":{\"c\":2,\"d\":3}}");
    assertThat(patch("runs/1", "{\"metadata\":null}").json().isNull("metadata")).isTrue();
  }

  @Test
  void listsAreFilteredByStatus() throws Exception {
    createJob("{\"name\":\"two\"}");
    createRun(1, "{}");
    createRun(1, "{\"status\":\"RUNNING\"}");
    createRun(2, "{}");
    patch("runs/3", "{\"status\":\"CANCELLED\"}");

    assertThat(idsOf("runs?limit=3")).containsExactly(3, 2, 1);
    assertThat(idsOf("runs?status=PENDING,CANCELLED")).containsExactly(3, 1);
    assertThat(idsOf("runs?status=PENDING&status=CANCELLED")).containsExactly(3, 1);
    assertThat(idsOf("jobs/1/runs")).containsExactly(2, 1);
    assertThat(idsOf("jobs/1/runs?status=RUNNING")).containsExactly(2);
    assertThat(idsOf("jobs/2/runs?status=FAILED")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status=DONE", "status=", "status=PENDING,", "job=1", "name=x"})
  void aFilterThatIsWrongIsRefused(String query) throws Exception {
    assertThat(get("runs?" + query).status()).isEqualTo(400);
    assertThat(get("jobs/1/runs?" + query).status()).isEqualTo(400);
  }

  @Test
  void aCursorOfOneJobIsNotOneOfAnother() throws Exception {
    createJob("{\"name\":\"two\"}");
    for (int run = 0; run < 3; run++) {
      createRun(1, "{}");
      createRun(2, "{}");
    }
    String cursor = get("jobs/1/runs").json().getString("nextCursor");

    assertThat(idsOf("jobs/1/runs?cursor=" + cursor)).containsExactly(1);
    assertThat(get("jobs/2/runs?cursor=" + cursor).status()).isEqualTo(400);
    assertThat(get("runs?cursor=" + cursor).status()).isEqualTo(400);
  }

  @Test
  void aRunIsThereForItsOwnProjectOnly() throws Exception {
    postAs(OF_OTHER_PROJECT, "jobs", "{\"name\":\"theirs\"}");
    postAs(OF_OTHER_PROJECT, "jobs/2/runs", "{\"status\":\"RUNNING\"}");

    assertThat(getAs(OF_OTHER_PROJECT, "runs/1").status()).isEqualTo(200);
    for (String path :
        List.of("runs/1", "runs/1/events", "jobs/2/runs", "jobs/2/runs?status=RUNNING")) {
      assertThat(get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(patch("runs/1", "{\"status\":\"SUCCESS\"}").status()).isEqualTo(404);
    assertThat(post("jobs/2/runs", "{}").status()).isEqualTo(404);
    assertThat(idsOf("runs")).isEmpty();
    assertThat(idsOf("runs?status=RUNNING")).isEmpty();
    assertThat(getAs(OF_OTHER_PROJECT, "runs/1").json().getString("status")).isEqualTo("RUNNING");
  }

  @Test
  void aCursorBelongsToItsProject() throws Exception {
    for (int run = 0; run < 3; run++) {
      createRun(1, "{}");
    }
    String cursor = get("runs").json().getString("nextCursor");

    assertThat(getAs(VIEWER, "runs?cursor=" + cursor).status()).isEqualTo(200);
    assertThat(getAs(OF_OTHER_PROJECT, "runs?cursor=" + cursor).status()).isEqualTo(400);
  }

  @Test
  void aCredentialOfCertainJobsSeesOnlyTheirRuns() throws Exception {
    createJob("{\"name\":\"hidden\"}");
    createRun(1, "{}");
    createRun(2, "{}");

    assertThat(getAs(OF_JOB_1, "runs/1").status()).isEqualTo(200);
    assertThat(getAs(OF_JOB_1, "runs/2").status()).isEqualTo(404);
    assertThat(getAs(OF_JOB_1, "jobs/2/runs").status()).isEqualTo(404);
    assertThat(getAs(OF_JOB_1, "runs").json().getJsonArray("items")).hasSize(1);
    assertThat(postAs(OF_JOB_1, "jobs/1/runs", "{}").status()).isEqualTo(201);
    assertThat(postAs(OF_JOB_1, "jobs/2/runs", "{}").status()).isEqualTo(404);
  }

  private List<Integer> idsOf(String path) throws IOException, InterruptedException {
    return get(path).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(run -> run.getInt("id"))
        .toList();
  }
}
