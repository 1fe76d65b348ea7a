package io.chronotrack.journey;

import static io.chronotrack.access.Role.ADMIN;
import static io.chronotrack.access.Role.OPERATOR;
import static io.chronotrack.access.Role.REPORTER;
import static io.chronotrack.access.Role.SYSTEM;
import static io.chronotrack.access.Role.VIEWER;
import static io.chronotrack.journey.ApiClient.object;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chronotrack.access.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Walks every operation of the API document, as everybody, in the own project and in another one,
 * and compares what happens with one table: {@link #RULES}. An operation that is in the document
 * and not in the table, or in the table and not in the document, is a failure.
 */
@OnEveryServer
@ExtendWith(GuardedChronoTrack.class)
class RoleWalkIT {

  private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** What nothing here has, or will have. */
  private static final String NOBODYS_PROJECT = "no-such-project";

  private static final String NOBODYS_ID = "4503599627370495";

  /** Who may do what, and a body that everybody who may do it succeeds with. */
  private static final List<Rule> RULES =
      List.of(
          Rule.open("getIndex"),
          Rule.open("listProblems"),
          Rule.open("getProblem"),
          Rule.open("getHealth"),
          Rule.open("getLiveness"),
          Rule.open("getReadiness"),
          Rule.open("getStartup"),
          Rule.any("getCaller"),
          Rule.of("listJobs", VIEWER),
          Rule.of("getJob", VIEWER),
          Rule.of("listRunsOfJob", VIEWER),
          Rule.of("exportRunsOfJob", VIEWER),
          Rule.of("getStatsOfJob", VIEWER),
          Rule.of("getStats", VIEWER),
          Rule.of("listRuns", VIEWER),
          Rule.of("exportRuns", VIEWER),
          Rule.of("streamRuns", VIEWER),
          Rule.of("getRun", VIEWER),
          Rule.of("listEventsOfRun", VIEWER),
          Rule.of("createRun", REPORTER, () -> object().add("status", "RUNNING")),
          Rule.of("applyBatch", REPORTER, RoleWalkIT::newBatch),
          Rule.of("patchRun", REPORTER, () -> object().add("status", "RUNNING")),
          Rule.of("createJob", OPERATOR, () -> object().add("name", "walk")),
          Rule.of("patchJob", OPERATOR, () -> object().add("description", "walked")),
          Rule.of("listKeys", ADMIN),
          Rule.of("createKey", ADMIN, () -> object().add("name", "walk").add("role", "viewer")),
          Rule.of("getKey", ADMIN),
          Rule.of("revokeKey", ADMIN),
          Rule.of("rotateKey", ADMIN, () -> object().add("overlapSeconds", 60)),
          Rule.of("listProjects", ADMIN),
          Rule.of("getProject", ADMIN),
          Rule.of("patchProject", ADMIN, () -> object().add("name", "walked")),
          Rule.of("listAudit", ADMIN),
          Rule.of("createProject", SYSTEM, RoleWalkIT::newProject));

  /** The operations on which a system's administrator sees all projects, whichever is meant. */
  private static final Set<String> ACROSS_PROJECTS = Set.of("getProject", "patchProject");

  private final Installation installation;
  private final ApiClient system;

  RoleWalkIT(Installation installation) {
    this.installation = installation;
    this.system = installation.system();
  }

  @Test
  void theDocumentAndTheTableHaveTheSameOperations() throws IOException {
    assertThat(operations())
        .extracting(Operation::id)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(RULES.stream().map(Rule::operation).toList());
  }

  /** As the document is written: the server leaves out the extension when it shows it. */
  @Test
  void theDocumentTellsTheRolesOfTheTable() throws Exception {
    Map<String, String> told = new HashMap<>();
    try (var document = RoleWalkIT.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      for (JsonNode path : new YAMLMapper().readTree(document).path("paths")) {
        path.properties().stream()
            .filter(member -> METHODS.contains(member.getKey()))
            .map(Map.Entry::getValue)
            .forEach(
                operation ->
                    told.put(
                        operation.path("operationId").asText(),
                        operation.path("x-required-role").asText()));
      }
    }

    assertThat(told).isEqualTo(RULES.stream().collect(toMap(Rule::operation, Rule::roleName)));
  }

  @TestFactory
  Stream<DynamicTest> everyOperationIsForThoseWhomTheTableNames() throws IOException {
    Map<String, Rule> rules = RULES.stream().collect(toMap(Rule::operation, rule -> rule));
    Place own = place();
    Place foreign = place();
    return operations().stream()
        .filter(operation -> rules.containsKey(operation.id()))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.id(),
                    () -> walk(operation, rules.get(operation.id()), own, foreign)));
  }

  private void walk(Operation operation, Rule rule, Place own, Place foreign) {
    Supplier<Call> atHome = () -> call(operation, rule, own);
    Role required = rule.required();
    if (required == null) {
      assertThatItSucceeds(installation.stranger(), atHome.get());
      return;
    }
    assertThatItNeedsACredential(atHome.get());
    for (Role role : Role.values()) {
      ApiClient client = own.client(role);
      if (!role.includes(required)) {
        assertThatItIsForbidden(client, atHome.get());
        // Who may not do it at all does not learn either whether the thing is there.
        assertThatItIsForbidden(client, call(operation, rule, foreign));
        continue;
      }
      assertThatItSucceeds(client, atHome.get());
      if (operation.isAboutOne()) {
        walkToOneOfAnotherProject(operation, rule, role, client, foreign);
      }
      walkToAnotherProject(role, client, call(operation, rule, foreign), foreign);
    }
  }

  private void walkToOneOfAnotherProject(
      Operation operation, Rule rule, Role role, ApiClient client, Place foreign) {
    Call theirs = call(operation, rule, foreign);
    if (role == SYSTEM && ACROSS_PROJECTS.contains(operation.id())) {
      assertThatItSucceeds(client, theirs);
      return;
    }
    String id = operation.path().startsWith("/projects") ? NOBODYS_PROJECT : NOBODYS_ID;
    Call nobodys = theirs.about(id);
    assertThat(trace(client, theirs)).isEqualTo(trace(client, nobodys)).startsWith("404");
  }

  private static void walkToAnotherProject(
      Role role, ApiClient client, Call theirs, Place foreign) {
    ApiClient abroad = client.inProject(foreign.project());
    if (role == SYSTEM) {
      assertThatItSucceeds(abroad, theirs);
      return;
    }
    Exchange refused = theirs.by(abroad);
    assertThat(refused.status()).as(refused::toString).isEqualTo(404);
    // As if there were no such project.
    Exchange nowhere = theirs.by(client.inProject(NOBODYS_PROJECT));
    assertThat(refused.body().replace(foreign.project(), NOBODYS_PROJECT))
        .isEqualTo(nowhere.body().replace(foreign.project(), NOBODYS_PROJECT));
  }

  private void assertThatItNeedsACredential(Call call) {
    Exchange refused = call.by(installation.stranger());
    assertThat(refused.status()).as(refused::toString).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"ChronoTrack\"");
    Problems.assertThatItIsAProblem(refused);
  }

  private static void assertThatItIsForbidden(ApiClient client, Call call) {
    Exchange refused = call.by(client);
    assertThat(refused.status()).as(refused::toString).isEqualTo(403);
    assertThat(refused.header("WWW-Authenticate")).contains("insufficient_scope");
    Problems.assertThatItIsAProblem(refused);
  }

  private static void assertThatItSucceeds(ApiClient client, Call call) {
    Exchange done = call.by(client);
    assertThat(done.status()).as(done::toString).isBetween(200, 299);
  }

  /** What a refusal tells, but for the id that was asked for. */
  private static String trace(ApiClient client, Call call) {
    Exchange refused = call.by(client);
    Problems.assertThatItIsAProblem(refused);
    // Not in the middle of a number, nor where it is the status.
    String asked = "(?<![\\w:])" + Pattern.quote(call.id()) + "(?!\\w)";
    return refused.status() + " " + refused.body().replaceAll(asked, "(id)");
  }

  private List<Operation> operations() throws IOException {
    String document =
        new YAMLMapper().readTree(installation.stranger().get("/openapi").body()).toString();
    JsonObject paths;
    try (var reader = Json.createReader(new StringReader(document))) {
      paths = reader.readObject().getJsonObject("paths");
    }
    return paths.entrySet().stream()
        .flatMap(
            path ->
                path.getValue().asJsonObject().entrySet().stream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .map(
                        member ->
                            Operation.of(
                                member.getKey(), path.getKey(), member.getValue().asJsonObject())))
        .toList();
  }

  private Place place() {
    String project = system.createProject();
    ApiClient there = system.inProject(project);
    Map<Role, ApiClient> clients = new HashMap<>();
    for (Role role : Role.values()) {
      String key = there.issueKey(role.roleName());
      clients.put(role, installation.stranger().withKey(key));
    }
    return new Place(project, there, clients, there.createJob("walked"));
  }

  private static Call call(Operation operation, Rule rule, Place place) {
    JsonObjectBuilder body = rule.body().get();
    String id = operation.isAboutOne() ? place.fresh(operation.path()) : "";
    return new Call(operation, id, body == null ? "" : body.build().toString());
  }

  /** It is answered whatever becomes of its operations. */
  private static JsonObjectBuilder newBatch() {
    var run = object().add("op", "update").add("runId", Long.parseLong(NOBODYS_ID));
    var operations =
        Json.createArrayBuilder().add(run.add("patch", object().add("status", "RUNNING")));
    return object().add("operations", operations);
  }

  private static JsonObjectBuilder newProject() {
    return object().add("key", "walk-" + NAMES.incrementAndGet()).add("name", "walk");
  }

  /**
   * Who may do something.
   *
   * @param required the least role; {@code null} lets everybody, without a credential as well
   * @param roleName how the document tells that
   * @param body makes what is to be sent; {@code null} is nothing
   */
  private record Rule(
      String operation,
      @Nullable Role required,
      String roleName,
      Supplier<@Nullable JsonObjectBuilder> body) {

    static Rule open(String operation) {
      return new Rule(operation, null, "none", () -> null);
    }

    /** For everybody who has shown a credential, whatever it is narrowed to. */
    static Rule any(String operation) {
      return new Rule(operation, VIEWER, "any", () -> null);
    }

    static Rule of(String operation, Role required) {
      return of(operation, required, () -> null);
    }

    static Rule of(String operation, Role required, Supplier<@Nullable JsonObjectBuilder> body) {
      return new Rule(operation, required, required.roleName(), body);
    }
  }

  /** An operation as the API document has it. */
  private record Operation(String id, String method, String path) {

    static Operation of(String method, String path, JsonObject description) {
      return new Operation(
          description.getString("operationId"), method.toUpperCase(Locale.ROOT), path);
    }

    boolean isAboutOne() {
      return path.contains("{");
    }
  }

  /** A request for an operation, on what has this id. */
  private record Call(Operation operation, String id, String body) {

    Call about(String otherId) {
      return new Call(operation, otherId, body);
    }

    Exchange by(ApiClient client) {
      String path = operation.path().replaceFirst("\\{[^}]*}", id);
      return body.isEmpty()
          ? client.send(operation.method(), path)
          : client.send(
              operation.method(),
              path,
              Map.of("Content-Type", ApiClient.JSON),
              ApiClient.bytes(body));
    }
  }

  /**
   * A project, with a client for each role.
   *
   * @param system makes what is needed there
   */
  private record Place(String project, ApiClient system, Map<Role, ApiClient> clients, long job) {

    ApiClient client(Role role) {
      return clients.get(role);
    }

    /** The id of a thing of this project that nothing has happened to. */
    String fresh(String path) {
      String kind = path.split("/", -1)[1];
      return switch (kind) {
        case "projects" -> project;
        case "problems" -> "not-found";
        case "jobs" -> Long.toString(job);
        case "runs" -> Long.toString(system.announceRun(job));
        case "keys" ->
            system
                .issueKey(object().add("name", "walked").add("role", "viewer"))
                .getJsonNumber("id")
                .toString();
        default -> throw new AssertionError("the walk does not know how to make one of " + kind);
      };
    }
  }
}
