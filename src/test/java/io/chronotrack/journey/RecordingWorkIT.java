package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Someone records work: the story that ChronoTrack is for. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class RecordingWorkIT {

  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final ApiClient client;

  RecordingWorkIT(ApiClient client) {
    this.client = client;
  }

  @Test
  void aJobIsCreatedAndFoundWhereLocationSays() {
    Exchange created =
        client.post(
            "/jobs", object().add("name", "nightly backup 🌙").add("type", "backup").build());

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).endsWith("/jobs/" + created.id());
    assertThat(created.json().keySet())
        .containsExactlyInAnyOrder(
            "id", "name", "description", "type", "archived", "createdAt", "updatedAt");
    assertThat(created.json().isNull("description")).isTrue();
    assertThat(created.json().getString("createdAt"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    Exchange read = client.get("/jobs/" + created.id());
    assertThat(read.json()).isEqualTo(created.json());
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag")).matches("\"[^\"]+\"");
  }

  @Test
  void aRunIsAnnouncedStartedAndEndsWell() {
    long run = client.announceRun(client.createJob("import"));
    assertThat(client.run(run).getString("status")).isEqualTo("PENDING");
    assertThat(client.run(run).isNull("startedAt")).isTrue();

    JsonObject started = client.start(run);
    assertThat(started.getString("startedAt")).isNotBlank();
    assertThat(started.isNull("finishedAt")).isTrue();
    assertThat(started.isNull("durationMs")).isTrue();

    JsonObject ended = client.succeed(run);
    assertThat(ended.getString("status")).isEqualTo("SUCCESS");
    assertThat(ended.getString("startedAt")).isEqualTo(started.getString("startedAt"));
    assertThat(ended.getJsonNumber("durationMs").longValue())
        .isEqualTo(
            time(ended, "finishedAt").toEpochMilli() - time(ended, "startedAt").toEpochMilli());
    assertThat(client.run(run)).isEqualTo(ended);
  }

  @Test
  void aRunThatFailsKeepsWhatWentWrong() {
    long run = client.startRun(client.createJob("import"));

    client.fail(run, "No such file: \"input.csv\"\n\tat line 3 \\ ü 😀");

    assertThat(client.run(run).getString("status")).isEqualTo("FAILED");
    assertThat(client.run(run).getString("errorMessage"))
        .isEqualTo("No such file: \"input.csv\"\n\tat line 3 \\ ü 😀");
  }

  @Test
  void aFailureReportThatIsTooLongIsCutAndNotRefused() {
    long run = client.startRun(client.createJob("import"));

    client.fail(run, "😀".repeat(20_000));

    String kept = client.run(run).getString("errorMessage");
    assertThat(kept.codePointCount(0, kept.length())).isEqualTo(16_384);
    assertThat(kept).startsWith("😀😀").contains("cut");
  }

  @Test
  void aRunIsCalledOffBeforeOrDuringItsWork() {
    long job = client.createJob("import");
    long announced = client.announceRun(job);
    long running = client.startRun(job);

    assertThat(client.cancel(announced).isNull("startedAt")).isTrue();
    assertThat(client.cancel(running).isNull("startedAt")).isFalse();
    assertThat(client.run(announced).getString("status")).isEqualTo("CANCELLED");
    assertThat(client.run(running).getString("status")).isEqualTo("CANCELLED");
  }

  @Test
  void aRunIsReportedAfterTheFactWithTimesOfAnyOffset() {
    long job = client.createJob("import");

    Exchange created =
        client.post(
            "/jobs/" + job + "/runs",
            object()
                .add("status", "FAILED")
                .add("startedAt", "2026-01-31T10:30:00+01:00")
                .add("finishedAt", "2026-01-31T09:31:00.5Z")
                .add("errorMessage", "exit code 2")
                .add("metadata", object().add("host", "backup-1").add("tries", 3))
                .build());

    assertThat(created.status()).isEqualTo(201);
    JsonObject run = created.json();
    assertThat(run.getString("startedAt")).isEqualTo("2026-01-31T09:30:00.000Z");
    assertThat(run.getString("finishedAt")).isEqualTo("2026-01-31T09:31:00.500Z");
    assertThat(run.getJsonNumber("durationMs").longValue()).isEqualTo(60_500);
    assertThat(run.getJsonObject("metadata").getInt("tries")).isEqualTo(3);
  }

  @Test
  void everyChangeOfARunIsKeptAsAnEventOldestFirst() {
    long run = client.announceRun(client.createJob("import"));
    client.start(run);
    client.fail(run, "boom");
    client.change(run, object().add("metadata", object().add("ticket", "OPS-7")));

    List<JsonObject> events = client.events(run);

    assertThat(events)
        .extracting(event -> event.getString("type"))
        .containsExactly("CREATED", "STATUS_CHANGED", "STATUS_CHANGED", "AMENDED");
    assertThat(events)
        .extracting(event -> event.getString("toStatus"))
        .containsExactly("PENDING", "RUNNING", "FAILED", "FAILED");
    assertThat(events.get(2).getString("fromStatus")).isEqualTo("RUNNING");
    assertThat(events.get(2).getJsonArray("changed").getValuesAs(JsonString::getString))
        .contains("status", "finishedAt", "errorMessage");
  }

  @Test
  void anEventTellsTheClientsTimeAndTheServers() {
    long run = client.startRun(client.createJob("import"));
    String ended = client.run(run).getString("startedAt");

    client.change(run, object().add("status", "SUCCESS").add("finishedAt", ended));

    JsonObject event = client.events(run).get(1);
    assertThat(event.getString("occurredAt")).isEqualTo(ended);
    assertThat(time(event, "recordedAt")).isAfterOrEqualTo(time(event, "occurredAt"));
  }

  @Test
  void aReportThatIsRepeatedChangesNothing() {
    long run = client.startRun(client.createJob("import"));
    JsonObject first = client.fail(run, "boom");

    JsonObject second = client.fail(run, "boom");

    assertThat(second).isEqualTo(first);
    assertThat(client.events(run)).hasSize(2);
  }

  @Test
  void afterTheEndTheMessageAndTheMetadataMayBeAmended() {
    long run = client.startRun(client.createJob("import"));
    JsonObject ended = client.fail(run, "boom");

    JsonObject amended = client.change(run, object().add("errorMessage", "boom, see OPS-7"));

    assertThat(amended.getString("errorMessage")).isEqualTo("boom, see OPS-7");
    assertThat(amended.getString("finishedAt")).isEqualTo(ended.getString("finishedAt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {ApiClient.MERGE_PATCH, ApiClient.JSON})
  void aPatchChangesWhatItNamesClearsWhatIsNullAndLeavesTheRest(String contentType) {
    long job =
        client.createJob(
            object().add("name", "import").add("type", "etl").add("description", "old"));

    Exchange patched =
        client.send(
            "PATCH",
            "/jobs/" + job,
            Map.of("Content-Type", contentType),
            ApiClient.bytes("{\"description\":\"new\",\"type\":null}"));

    assertThat(patched.status()).as(patched::toString).isEqualTo(200);
    JsonObject now = client.job(job);
    assertThat(now).isEqualTo(patched.json());
    assertThat(now.getString("name")).isEqualTo("import");
    assertThat(now.getString("description")).isEqualTo("new");
    assertThat(now.isNull("type")).isTrue();
  }

  @Test
  void metadataIsMergedMemberByMember() {
    long run =
        client.createRun(
            client.createJob("import"),
            object().add("metadata", object().add("host", "a").add("step", 1)));

    client.change(run, object().add("metadata", object().add("step", 2).addNull("host")));

    assertThat(client.run(run).getJsonObject("metadata"))
        .isEqualTo(Json.createObjectBuilder().add("step", 2).build());
  }

  @Test
  void anArchivedJobKeepsItsRunsAndComesBack() {
    long job = client.createJob("old import");
    long run = client.startRun(job);

    client.archive(job);

    assertThat(client.all("/jobs?archived=true")).contains(client.job(job));
    assertThat(client.all("/jobs?archived=false")).doesNotContain(client.job(job));
    assertThat(client.succeed(run).getString("status")).isEqualTo("SUCCESS");
    client.patch("/jobs/" + job, object().add("archived", false).build());
    assertThat(client.all("/jobs/" + job + "/runs")).hasSize(1);
    client.startRun(job);
  }

  @Test
  void jobsAreFilteredByNameTypeAndArchived() {
    String name = "filtered, & \"named\" ü";
    long etl = client.createJob(object().add("name", name).add("type", "filter-etl"));
    long report = client.createJob(object().add("name", name).add("type", "filter,report"));
    client.archive(report);

    assertThat(ids("/jobs?name=" + ApiClient.encode(name))).containsExactly(report, etl);
    assertThat(ids("/jobs?type=filter-etl,filter%5C,report")).containsExactly(report, etl);
    assertThat(ids("/jobs?type=filter-etl,filter%5C,report&archived=true")).containsExactly(report);
    assertThat(ids("/jobs?type=no-such-type")).isEmpty();
  }

  @Test
  void runsAreFilteredByStatusAndListedNewestFirst() {
    long job = client.createJob("import");
    long failed = client.startRun(job);
    client.fail(failed, "boom");
    long cancelled = client.announceRun(job);
    client.cancel(cancelled);
    long running = client.startRun(job);

    String runs = "/jobs/" + job + "/runs";
    assertThat(ids(runs)).containsExactly(running, cancelled, failed);
    assertThat(ids(runs + "?status=FAILED,CANCELLED")).containsExactly(cancelled, failed);
    assertThat(ids(runs + "?status=FAILED,RUNNING")).containsExactly(running, failed);
    assertThat(ids("/runs?status=RUNNING")).contains(running).doesNotContain(failed, cancelled);
  }

  @Test
  void pagesLeadThroughEverythingOnceWhileRowsAreAdded() {
    long job = client.createJob("busy import");
    List<Long> before = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      before.add(0, client.announceRun(job));
    }

    List<Long> seen = new ArrayList<>();
    Exchange page = client.page("/jobs/" + job + "/runs", 4, Optional.empty());
    seen.addAll(idsOn(page));
    while (ApiClient.cursorIn(page).isPresent()) {
      client.announceRun(job);
      assertThat(page.json().getInt("limit")).isEqualTo(4);
      // The link and the cursor lead to the same place.
      Exchange linked = client.get(page.nextLink().orElseThrow());
      page = client.page("/jobs/" + job + "/runs", 4, ApiClient.cursorIn(page));
      assertThat(linked.json()).isEqualTo(page.json());
      seen.addAll(idsOn(page));
    }

    assertThat(seen).isEqualTo(before);
    assertThat(page.nextLink()).isEmpty();
  }

  @Test
  void aLimitAboveTheMaximumIsCappedAndToldAndWithoutOneThereIsADefault() {
    assertThat(client.get("/runs?limit=100000").json().getInt("limit")).isEqualTo(500);
    assertThat(client.get("/runs").json().getInt("limit")).isEqualTo(50);
  }

  @Test
  void eventsArePagedToo() {
    long run = client.announceRun(client.createJob("import"));
    client.start(run);
    client.succeed(run);

    Exchange first = client.page("/runs/" + run + "/events", 2, Optional.empty());
    Exchange second = client.get(first.nextLink().orElseThrow());

    assertThat(first.items()).hasSize(2);
    assertThat(second.items())
        .extracting(event -> event.getString("toStatus"))
        .containsExactly("SUCCESS");
  }

  @Test
  void whoHasTheNewestVersionIsNotSentItAgain() {
    long job = client.createJob("import");
    String tag = client.get("/jobs/" + job).header("ETag");

    Exchange again = client.get("/jobs/" + job, "If-None-Match", tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(tag);

    client.archive(job);
    assertThat(client.get("/jobs/" + job, "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void whoSawAnOlderVersionChangesNothing() {
    long run = client.startRun(client.createJob("import"));
    String seen = client.get("/runs/" + run).header("ETag");
    client.change(run, object().add("metadata", object().add("step", 1)));

    JsonObject success = object().add("status", "SUCCESS").build();
    Exchange refused = client.patchIfMatch("/runs/" + run, seen, success);
    assertThat(refused.status()).isEqualTo(412);
    assertThat(client.run(run).getString("status")).isEqualTo("RUNNING");

    String now = client.get("/runs/" + run).header("ETag");
    Exchange accepted = client.patchIfMatch("/runs/" + run, now, success);
    assertThat(accepted.status()).isEqualTo(200);
    assertThat(accepted.header("ETag")).isNotEqualTo(now).isNotEmpty();
  }

  @Test
  void headAndOptionsAnswerWhereverGetDoes() {
    long job = client.createJob("import");
    long run = client.startRun(job);

    for (String path :
        List.of(
            "/",
            "/jobs",
            "/jobs/" + job,
            "/jobs/" + job + "/runs",
            "/runs",
            "/runs/" + run,
            "/runs/" + run + "/events",
            "/health",
            "/health/live",
            "/health/ready",
            "/health/started",
            "/openapi",
            "/problems",
            "/problems/not-found")) {
      Exchange get = client.get(path);
      Exchange head = client.send("HEAD", path);
      assertThat(get.status()).as(path).isEqualTo(200);
      assertThat(head.status()).as(path).isEqualTo(200);
      assertThat(head.body()).as(path).isEmpty();
      assertThat(head.header("ETag")).as(path).isEqualTo(get.header("ETag"));

      Exchange options = client.send("OPTIONS", path);
      assertThat(options.status()).as(path).isLessThan(300);
      // Health is the server's own on some, and what its OPTIONS say is their concern.
      if (!path.startsWith("/health")) {
        assertThat(options.header("Allow")).as(path).contains("GET", "HEAD", "OPTIONS");
      }
    }
  }

  @Test
  void anAnswerToHeadNeverSaysThatALongListIsEmpty() {
    long job = client.createJob("long list");
    for (int i = 0; i < 60; i++) {
      client.createRun(job, object());
    }
    for (String path : new String[] {"/jobs/" + job, "/jobs/" + job + "/runs", "/openapi"}) {
      String length = client.send("HEAD", path).header("Content-Length");
      // A server may leave it out, and none may make one up.
      assertThat(length).as(path).isIn("", client.get(path).header("Content-Length"));
    }
  }

  @Test
  void theTraceOfTheRequestIsKeptOnTheRunThatItCreates() {
    long job = client.createJob("import");

    Exchange traced =
        client.send(
            "POST",
            "/jobs/" + job + "/runs",
            Map.of("Content-Type", ApiClient.JSON, "traceparent", TRACEPARENT),
            ApiClient.bytes("{}"));
    Exchange untraced =
        client.send(
            "POST",
            "/jobs/" + job + "/runs",
            Map.of("Content-Type", ApiClient.JSON, "traceparent", "00-not-a-trace"),
            ApiClient.bytes("{}"));

    assertThat(traced.json().getString("traceparent")).isEqualTo(TRACEPARENT);
    assertThat(client.run(traced.id()).getString("traceparent")).isEqualTo(TRACEPARENT);
    assertThat(untraced.json().get("traceparent")).isEqualTo(JsonValue.NULL);
  }

  private List<Long> ids(String path) {
    return client.all(path).stream().map(RecordingWorkIT::id).toList();
  }

  private static List<Long> idsOn(Exchange page) {
    return page.items().stream().map(RecordingWorkIT::id).toList();
  }

  private static long id(JsonObject thing) {
    return thing.getJsonNumber("id").longValue();
  }

  private static Instant time(JsonObject thing, String member) {
    return Instant.parse(thing.getString(member));
  }
}
