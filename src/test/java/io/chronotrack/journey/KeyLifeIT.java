package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Role;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of keys in two projects, from their issue to their end. */
@OnEveryServer
@ExtendWith(GuardedChronoTrack.class)
class KeyLifeIT {

  private static final Pattern KEY = Pattern.compile("ct_[0-9A-Za-z]{10}_[0-9A-Za-z]{36}");
  private static final Pattern LEFT = Pattern.compile("\"(\\w+)\";r=(\\d+);t=(\\d+)");

  private final Installation installation;
  private final ApiClient system;
  private final String project;
  private final ApiClient admin;
  private final String otherProject;
  private final ApiClient otherAdmin;

  KeyLifeIT(Installation installation) {
    this.installation = installation;
    this.system = installation.system();
    this.project = system.createProject();
    this.admin = with(system.inProject(project).issueKey("admin"));
    this.otherProject = system.createProject();
    this.otherAdmin = with(system.inProject(otherProject).issueKey("admin"));
  }

  @Test
  void aKeyIsToldOnceAndActsWithItsRoleInItsProject() {
    for (Role role : List.of(Role.VIEWER, Role.REPORTER, Role.OPERATOR, Role.ADMIN)) {
      Exchange answer = admin.post("/keys", key("for " + role, role).build());
      assertThat(answer.status()).as(answer::toString).isEqualTo(201);
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("Location")).endsWith("/keys/" + answer.id());
      JsonObject issued = answer.json();
      assertThat(issued.getString("key")).matches(KEY);

      JsonObject caller = with(issued.getString("key")).get("/whoami").json();
      assertThat(caller.getString("actor")).isEqualTo("key/" + answer.id());
      assertThat(caller.getString("role")).isEqualTo(role.roleName());
      assertThat(caller.getString("project")).isEqualTo(project);

      JsonObject listed = admin.get("/keys/" + answer.id()).json();
      assertThat(listed).doesNotContainKey("key");
      assertThat(listed.getString("name")).isEqualTo("for " + role);
      assertThat(admin.all("/keys")).contains(listed);
    }
  }

  @Test
  void aKeyCannotGiveMoreThanItHas() {
    Exchange refused = admin.post("/keys", key("more", Role.SYSTEM).build());

    assertThat(refused.status()).as(refused::toString).isEqualTo(403);
    Problems.assertThatItIsAProblem(refused);
  }

  @Test
  void whenAKeyWasLastUsedIsKnown() {
    JsonObject issued = admin.issueKey(key("used", Role.VIEWER));
    assertThat(issued.get("lastUsedAt")).isEqualTo(JsonValue.NULL);
    Instant before = Instant.now().minusSeconds(1);

    with(issued.getString("key")).get("/jobs");

    JsonObject used = admin.get(path(issued)).json();
    assertThat(Instant.parse(used.getString("lastUsedAt"))).isBetween(before, Instant.now());
  }

  @Test
  void aRevokedKeyWorksNoMoreAtTheNextRequest() {
    JsonObject issued = admin.issueKey(key("revoked", Role.OPERATOR));
    ApiClient client = with(issued.getString("key"));
    client.createJob("before");

    assertThat(admin.delete(path(issued)).status()).isEqualTo(204);

    assertThatItIsNotAccepted(client);
    JsonObject revoked = admin.get(path(issued)).json();
    assertThat(revoked.getString("revokedAt")).isNotEmpty();
    // Again: it stays as it is.
    assertThat(admin.delete(path(issued)).status()).isEqualTo(204);
    assertThat(admin.get(path(issued)).json()).isEqualTo(revoked);
    assertThat(rotate(admin, issued, 0).status()).isEqualTo(400);
  }

  @Test
  void aKeyThatIsRotatedWithoutOverlapEndsAtOnce() {
    JsonObject old = admin.issueKey(key("rotated", Role.REPORTER).add("only", "report"));
    ApiClient before = with(old.getString("key"));
    assertThat(before.get("/whoami").status()).isEqualTo(200);

    Exchange answer = rotate(admin, old, 0);
    assertThat(answer.status()).as(answer::toString).isEqualTo(201);
    JsonObject next = answer.json();

    assertThatItIsNotAccepted(before);
    assertThat(next.getString("key")).matches(KEY).isNotEqualTo(old.getString("key"));
    for (String kept : List.of("name", "role", "only", "project", "jobs")) {
      assertThat(next.get(kept)).as(kept).isEqualTo(old.get(kept));
    }
    assertThat(with(next.getString("key")).get("/whoami").json().getString("actor"))
        .isEqualTo("key/" + answer.id());
  }

  @Test
  void aKeyThatIsRotatedWithAnOverlapWorksUntilItsEnd() throws Exception {
    JsonObject old = admin.issueKey(key("overlapping", Role.VIEWER));
    ApiClient before = with(old.getString("key"));

    Instant soonest = Instant.now().plusSeconds(2);
    JsonObject next = rotate(admin, old, 2).json();

    assertThat(before.get("/whoami").status()).isEqualTo(200);
    assertThat(with(next.getString("key")).get("/whoami").status()).isEqualTo(200);
    Instant end = Instant.parse(admin.get(path(old)).json().getString("expiresAt"));
    assertThat(end).isBetween(soonest.minusMillis(1), Instant.now().plusSeconds(2));
    Eventually.until(
        "the old key has ended",
        Duration.ofSeconds(10),
        () -> before.get("/whoami").status() == 401);
    assertThat(Instant.now()).isAfterOrEqualTo(end);
    assertThat(with(next.getString("key")).get("/whoami").status()).isEqualTo(200);
  }

  @Test
  void aKeyExpires() throws Exception {
    Instant end = Instant.now().plusMillis(1_500);
    JsonObject issued = admin.issueKey(key("short", Role.VIEWER).add("expiresAt", end.toString()));
    ApiClient client = with(issued.getString("key"));
    assertThat(client.get("/whoami").status()).isEqualTo(200);

    Eventually.until(
        "the key has expired", Duration.ofSeconds(10), () -> client.get("/whoami").status() == 401);

    assertThat(Instant.now()).isAfterOrEqualTo(end.minusMillis(1));
    Exchange refused =
        admin.post("/keys", key("past", Role.VIEWER).add("expiresAt", end.toString()).build());
    assertThat(refused.status()).as(refused::toString).isEqualTo(400);
  }

  @Test
  void aKeyThatOnlyReadsChangesNothing() {
    long job = admin.createJob("read");
    long run = admin.announceRun(job);
    ApiClient reader = with(issue(key("reader", Role.ADMIN).add("only", "read")));

    assertThat(reader.run(run)).isEqualTo(admin.run(run));
    assertThat(reader.all("/keys")).isNotEmpty();
    assertThat(reader.all("/audit")).isNotEmpty();
    List.of(
            reader.post("/jobs", object().add("name", "no").build()),
            reader.post("/jobs/" + job + "/runs", "{}"),
            reader.patch("/runs/" + run, "{\"status\":\"RUNNING\"}"),
            reader.patch("/jobs/" + job, "{\"archived\":true}"),
            reader.patch("/projects/" + project, "{\"archived\":true}"),
            reader.post("/keys", key("no", Role.VIEWER).build()))
        .forEach(refused -> assertThat(refused.status()).as(refused::toString).isEqualTo(403));
    assertThat(admin.run(run).getString("status")).isEqualTo("PENDING");
  }

  @Test
  void aKeyThatOnlyReportsReadsNothing() {
    long job = admin.createJob("reported");
    ApiClient reporter = with(issue(key("reporter", Role.ADMIN).add("only", "report")));

    long run = reporter.startRun(job);
    reporter.succeed(run);

    for (String path :
        List.of("/jobs", "/jobs/" + job, "/runs", "/runs/" + run, "/runs/" + run + "/events")) {
      assertThat(reporter.get(path).status()).as(path).isEqualTo(403);
    }
    assertThat(reporter.post("/jobs", object().add("name", "no").build()).status()).isEqualTo(403);
    assertThat(reporter.get("/keys").status()).isEqualTo(403);
    assertThat(reporter.get("/whoami").json().getString("only")).isEqualTo("report");
    assertThat(admin.run(run).getString("status")).isEqualTo("SUCCESS");
  }

  @Test
  void aKeyForCertainJobsSeesNoOthers() {
    long shown = admin.createJob("shown");
    long hidden = admin.createJob("hidden");
    long shownRun = admin.startRun(shown);
    long hiddenRun = admin.startRun(hidden);
    ApiClient narrow = with(issue(key("narrow", Role.OPERATOR).add("jobs", jobs(shown))));

    assertThat(narrow.all("/jobs")).isEqualTo(List.of(admin.job(shown)));
    assertThat(narrow.all("/runs")).isEqualTo(List.of(admin.run(shownRun)));
    assertThat(narrow.all("/jobs?name=hidden")).isEmpty();
    assertThat(narrow.all("/runs?status=RUNNING")).hasSize(1);
    assertThat(narrow.events(shownRun)).isEqualTo(admin.events(shownRun));
    narrow.succeed(shownRun);
    narrow.startRun(shown);
    for (Exchange missing :
        List.of(
            narrow.get("/jobs/" + hidden),
            narrow.get("/jobs/" + hidden + "/runs"),
            narrow.get("/runs/" + hiddenRun),
            narrow.get("/runs/" + hiddenRun + "/events"),
            narrow.patch("/jobs/" + hidden, "{\"archived\":true}"),
            narrow.patch("/runs/" + hiddenRun, "{\"status\":\"SUCCESS\"}"),
            narrow.post("/jobs/" + hidden + "/runs", "{}"))) {
      assertThat(missing.status()).as(missing::toString).isEqualTo(404);
    }
    assertThat(narrow.post("/jobs", object().add("name", "no").build()).status()).isEqualTo(403);
    assertThat(admin.run(hiddenRun).getString("status")).isEqualTo("RUNNING");
  }

  @Test
  void aKeyIsOnlyForJobsOfItsProject() {
    long theirs = otherAdmin.createJob("theirs");

    JsonObjectBuilder wanted = key("no", Role.VIEWER).add("jobs", jobs(theirs));
    Exchange refused = admin.post("/keys", wanted.build());
    Exchange unknown =
        admin.post("/keys", key("no", Role.VIEWER).add("jobs", jobs(4503599627370495L)).build());

    assertThat(refused.status()).as(refused::toString).isEqualTo(400);
    assertThat(refused.body()).isEqualTo(unknown.body());
  }

  @Test
  void aCursorOfOneProjectLeadsNowhereInAnother() {
    for (int i = 0; i < 2; i++) {
      long job = admin.createJob("listed");
      long theirs = otherAdmin.createJob("listed");
      admin.announceRun(job);
      otherAdmin.announceRun(theirs);
    }
    for (String list : List.of("/jobs", "/runs", "/keys", "/audit")) {
      admin.issueKey("viewer");
      otherAdmin.issueKey("viewer");
      String cursor = ApiClient.cursorIn(admin.page(list, 1, Optional.empty())).orElseThrow();
      String next = list + "?limit=1&cursor=" + ApiClient.encode(cursor);

      assertThat(admin.get(next).status()).as(next).isEqualTo(200);
      assertThat(otherAdmin.get(next).status()).as(next).isEqualTo(400);
    }
  }

  @Test
  void anAdministratorSeesTheKeysOfTheOwnProjectOnly() {
    JsonObject own = admin.issueKey(key("own", Role.VIEWER));
    JsonObject theirs = otherAdmin.issueKey(key("theirs", Role.VIEWER));
    JsonObject systems = system.inProject(project).issueKey(key("systems", Role.SYSTEM));

    assertThat(admin.all("/keys"))
        .extracting(key -> key.getString("project"))
        .containsOnly(project);
    assertThat(admin.all("/keys"))
        .extracting(key -> key.getString("name"))
        .contains("own")
        .doesNotContain("theirs", "systems");
    for (JsonObject hidden : List.of(theirs, systems)) {
      assertThat(admin.get(path(hidden)).status()).isEqualTo(404);
      assertThat(admin.delete(path(hidden)).status()).isEqualTo(404);
      assertThat(rotate(admin, hidden, 0).status()).isEqualTo(404);
      assertThat(with(hidden.getString("key")).get("/whoami").status()).isEqualTo(200);
    }
    assertThat(system.inProject(project).all("/keys"))
        .extracting(key -> key.getString("name"))
        .contains("own", "systems");
    assertThat(admin.delete(path(own)).status()).isEqualTo(204);
  }

  @Test
  void anArchivedProjectTakesNothingNewAndLetsRunsFinish() {
    long job = admin.createJob("going on");
    long run = admin.startRun(job);
    JsonObject old = admin.issueKey(key("old", Role.VIEWER));

    assertThat(admin.patch("/projects/" + project, "{\"archived\":true}").status()).isEqualTo(200);

    List.of(
            admin.post("/jobs", object().add("name", "no").build()),
            admin.post("/jobs/" + job + "/runs", "{}"),
            admin.post("/keys", key("no", Role.VIEWER).build()),
            system.inProject(project).post("/jobs", object().add("name", "no").build()))
        .forEach(
            refused -> {
              assertThat(refused.status()).as(refused::toString).isEqualTo(409);
              assertThat(refused.json().getString("code")).isEqualTo("PROJECT_ARCHIVED");
              Problems.assertThatItIsAProblem(refused);
            });
    assertThat(admin.succeed(run).getString("status")).isEqualTo("SUCCESS");
    assertThat(admin.delete(path(old)).status()).isEqualTo(204);
    assertThat(admin.patch("/projects/" + project, "{\"archived\":false}").status()).isEqualTo(200);
    admin.startRun(job);
  }

  @Test
  void aKeyThatAsksTooOftenIsToldToWaitAndOthersAreNot() {
    ApiClient busy = with(issue(key("busy", Role.VIEWER)));
    Exchange first = busy.get("/whoami");
    assertThat(first.header("RateLimit-Policy"))
        .contains("\"requests\";q=" + Installation.REQUESTS_PER_MINUTE + ";w=60");
    int left = left(first, "requests");
    assertThat(left).isEqualTo(Installation.REQUESTS_PER_MINUTE - 1);

    Exchange refused = untilRefused(() -> busy.get("/whoami"));

    assertThat(refused.status()).as(refused::toString).isEqualTo(429);
    Problems.assertThatItIsAProblem(refused);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    assertThat(left(refused, "requests")).isZero();
    assertThat(admin.get("/whoami").status()).isEqualTo(200);
  }

  @Test
  void aKeyThatReportsTooOftenIsToldToWaitAndStillReads() {
    ApiClient busy = with(issue(key("busy", Role.OPERATOR)));
    long job = busy.createJob("reported too often");

    Exchange refused = untilRefused(() -> busy.post("/jobs/" + job + "/runs", "{}"));

    assertThat(refused.status()).as(refused::toString).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    assertThat(left(refused, "reports")).isZero();
    assertThat(left(refused, "requests")).isPositive();
    assertThat(busy.get("/jobs").status()).isEqualTo(200);
  }

  @Test
  void wrongCredentialsFromOneAddressMustWaitAndAGoodKeyFromThereNeedNot() {
    String key = issue(key("good", Role.VIEWER));
    ApiClient stranger = installation.stranger();

    Exchange refused =
        untilRefused(
            () -> {
              Exchange answer = stranger.withKey("ct_guessed").get("/jobs");
              assertThat(answer.status()).isIn(401, 429);
              return answer;
            });

    assertThat(refused.status()).as(refused::toString).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    Problems.assertThatItIsAProblem(refused);
    assertThat(stranger.withKey(key).get("/jobs").status()).isEqualTo(200);
    assertThat(stranger.get("/jobs").status()).isEqualTo(401);
    assertThat(installation.stranger().withKey("ct_guessed").get("/jobs").status()).isEqualTo(401);
  }

  private static Exchange untilRefused(Supplier<Exchange> request) {
    Exchange answer = request.get();
    for (int i = 0; answer.status() != 429 && i < 2 * Installation.REQUESTS_PER_MINUTE; i++) {
      answer = request.get();
    }
    return answer;
  }

  /** What the field RateLimit says that is left of this policy. */
  private static int left(Exchange answer, String policy) {
    Matcher matcher = LEFT.matcher(answer.header("RateLimit"));
    while (matcher.find()) {
      if (matcher.group(1).equals(policy)) {
        return Integer.parseInt(matcher.group(2));
      }
    }
    throw new AssertionError("nothing about " + policy + " in " + answer);
  }

  private static void assertThatItIsNotAccepted(ApiClient client) {
    Exchange refused = client.get("/whoami");
    assertThat(refused.status()).as(refused::toString).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
  }

  private static Exchange rotate(ApiClient client, JsonObject key, int overlapSeconds) {
    JsonObject body = object().add("overlapSeconds", overlapSeconds).build();
    return client.post(path(key) + "/rotate", body);
  }

  /** A client at an address of its own. */
  private ApiClient with(String key) {
    return installation.stranger().withKey(key);
  }

  private String issue(JsonObjectBuilder key) {
    return admin.issueKey(key).getString("key");
  }

  private static JsonObjectBuilder key(String name, Role role) {
    return object().add("name", name).add("role", role.roleName());
  }

  private static JsonArrayBuilder jobs(long id) {
    return Json.createArrayBuilder().add(id);
  }

  private static String path(JsonObject key) {
    return "/keys/" + key.getJsonNumber("id");
  }
}
