package io.chronotrack.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.chronotrack.IndexResource;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.audit.AuditView;
import io.chronotrack.audit.Outcome;
import io.chronotrack.authentication.CallerView;
import io.chronotrack.config.AccessSettings;
import io.chronotrack.config.Limits;
import io.chronotrack.http.CountedListing;
import io.chronotrack.http.Listing;
import io.chronotrack.job.JobPatch;
import io.chronotrack.job.JobView;
import io.chronotrack.job.NewJob;
import io.chronotrack.job.SummarizedJobView;
import io.chronotrack.key.IssuedKeyView;
import io.chronotrack.key.KeyView;
import io.chronotrack.problem.ErrorCode;
import io.chronotrack.problem.Problem;
import io.chronotrack.project.NewProject;
import io.chronotrack.project.ProjectPatch;
import io.chronotrack.project.ProjectView;
import io.chronotrack.run.BatchView;
import io.chronotrack.run.NewRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunEventView;
import io.chronotrack.run.RunPatch;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.RunView;
import io.chronotrack.run.stream.RunChangeView;
import io.chronotrack.stats.JobSummaryView;
import io.chronotrack.stats.RunCounts;
import io.chronotrack.stats.StatsView;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the API document, which is written by hand, to the code that it describes. */
class OpenApiDocumentTest {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** The least role that may call an operation; also "any" for every caller, "none" for anybody. */
  private static final String REQUIRED_ROLE = "x-required-role";

  private static final String ANY = "any";
  private static final String NONE = "none";

  private static String text = "";
  private static JsonNode document = new YAMLMapper().createObjectNode();

  @BeforeAll
  static void readDocument() throws IOException {
    text = resource("/META-INF/openapi.yaml");
    document = new YAMLMapper().readTree(text);
  }

  @Test
  void theReleaseIsThatOfTheApplication() throws IOException {
    assertThat(document.at("/info/version").asText()).isEqualTo(resource("/version.txt").strip());
  }

  @Test
  void everyResourceMethodIsAnOperationAndTheOtherWayRound() {
    assertThat(documentedOperations()).containsExactlyInAnyOrderElementsOf(resourceMethods());
  }

  @Test
  void anOperationTellsTheRoleThatItsMethodAsksFor() {
    Map<String, String> documented = new TreeMap<>();
    for (Operation operation : operations()) {
      documented.put(operation.name(), operation.node().path(REQUIRED_ROLE).asText());
    }
    Map<String, String> annotated = new TreeMap<>();
    forEachResourceMethod(
        (resource, method) ->
            httpMethodOf(method)
                .forEach(
                    verb ->
                        annotated.put(
                            verb.toLowerCase(Locale.ROOT) + " " + path(resource, method),
                            requiredRole(resource, method))));

    assertThat(documented).isEqualTo(annotated);
  }

  /** In words, because the server drops the extension when it serves the document. */
  @Test
  void anOperationTellsInWordsWhatItNeeds() {
    var softly = new SoftAssertions();
    for (Operation operation : operations()) {
      String role = operation.node().path(REQUIRED_ROLE).asText();
      String text = operation.node().path("description").asText();
      if (role.equals(ANY)) {
        softly.assertThat(text).as(operation.name()).contains("Needs a credential");
      } else if (!role.equals(NONE)) {
        softly.assertThat(text).as(operation.name()).contains("Needs the role `" + role + "`");
      }
    }
    softly.assertAll();
  }

  @Test
  void onlyAnOperationThatAnybodyMayCallDoesWithoutACredential() {
    assertThat(document.path("security").toString()).isEqualTo("[{\"bearer\":[]}]");
    var softly = new SoftAssertions();
    for (Operation operation : operations()) {
      boolean open = operation.node().path(REQUIRED_ROLE).asText().equals(NONE);
      softly
          .assertThat(operation.node().path("security").toString())
          .as(operation.name())
          .isEqualTo(open ? "[]" : "");
    }
    softly.assertAll();
  }

  @Test
  void anOperationThatNeedsACredentialTellsHowItIsRefusedAndForWhichProjectItIs() {
    var softly = new SoftAssertions();
    for (Operation operation : operations()) {
      if (operation.node().path(REQUIRED_ROLE).asText().equals(NONE)) {
        continue;
      }
      softly
          .assertThat(fieldNames(operation.node().path("responses")))
          .as(operation.name())
          .contains("400", "401", "403", "404", "429");
      softly
          .assertThat(operation.node().path("responses").has("408"))
          .as("408 of %s", operation.name())
          .isEqualTo(operation.node().has("requestBody"));
      softly
          .assertThat(operation.node().path("parameters").findValuesAsText("$ref"))
          .as(operation.name())
          .contains("#/components/parameters/Project");
    }
    softly.assertAll();
  }

  @Test
  void everyPostTellsThatItCanBeRepeated() {
    var softly = new SoftAssertions();
    for (Operation operation : operations()) {
      if (!operation.method().equals("post")) {
        continue;
      }
      softly
          .assertThat(operation.node().path("parameters").findValuesAsText("$ref"))
          .as(operation.name())
          .contains("#/components/parameters/IdempotencyKey");
      softly
          .assertThat(fieldNames(operation.node().path("responses")))
          .as(operation.name())
          .contains("422");
      operation
          .node()
          .path("responses")
          .properties()
          .forEach(
              answer -> {
                if (answer.getKey().startsWith("2")) {
                  softly
                      .assertThat(fieldNames(resolve(answer.getValue()).path("headers")))
                      .as(operation.name())
                      .contains("Idempotent-Replayed");
                }
              });
    }
    softly.assertAll();
  }

  @Test
  void everyRoleIsDocumented() {
    List<String> roles = Arrays.stream(Role.values()).map(Role::roleName).toList();
    assertThat(enumOf("Role")).containsExactlyElementsOf(roles);
    assertThat(
            document
                .at("/info/description")
                .asText()
                .lines()
                .filter(line -> line.matches("\\| `[a-z]+` \\| .*"))
                .map(line -> line.split("`", -1)[1])
                .filter(roles::contains))
        .as("the table of roles, from the least to the most")
        .containsExactlyElementsOf(roles);
    for (String schema : List.of("Caller", "Key", "IssuedKey", "NewKey")) {
      assertThat(strings(schema(schema).at("/properties/only/enum")))
          .containsExactlyElementsOf(
              Stream.concat(
                      Arrays.stream(Only.values())
                          .map(only -> only.name().toLowerCase(Locale.ROOT)),
                      Stream.of("null"))
                  .toList());
    }
    assertThat(enumOf("AuditOutcome")).containsExactlyElementsOf(namesOf(Outcome.values()));
  }

  @Test
  void everyPathParameterIsDocumented() {
    var softly = new SoftAssertions();
    for (Operation operation : operations()) {
      Set<String> documented = new TreeSet<>();
      for (JsonNode parameter : operation.node().path("parameters")) {
        JsonNode resolved = resolve(parameter);
        if (resolved.path("in").asText().equals("path")) {
          documented.add(resolved.path("name").asText());
          softly.assertThat(resolved.path("required").asBoolean()).isTrue();
        }
      }
      Set<String> inPath =
          Arrays.stream(operation.path().split("/", -1))
              .filter(part -> part.startsWith("{"))
              .map(part -> part.substring(1, part.length() - 1))
              .collect(Collectors.toSet());
      softly.assertThat(documented).as(operation.name()).isEqualTo(inPath);
    }
    softly.assertAll();
  }

  @Test
  void operationIdsAreUnique() {
    assertThat(operations())
        .extracting(operation -> operation.node().path("operationId").asText())
        .doesNotContain("")
        .doesNotHaveDuplicates();
  }

  @Test
  void everyErrorCodeIsDocumented() {
    assertThat(enumOf("ErrorCode")).containsExactlyElementsOf(namesOf(ErrorCode.values()));
  }

  @Test
  void everyStatusIsDocumented() {
    assertThat(enumOf("RunStatus")).containsExactlyElementsOf(namesOf(RunStatus.values()));
    assertThat(strings(schema("RunEvent").at("/properties/fromStatus/enum")))
        .containsExactlyElementsOf(
            Stream.concat(namesOf(RunStatus.values()).stream(), Stream.of("null")).toList());
    for (String member : List.of("currentStatus", "requestedStatus")) {
      assertThat(strings(schema("Problem").at("/properties/" + member + "/enum")))
          .containsExactlyElementsOf(namesOf(RunStatus.values()));
    }
  }

  @Test
  void everyTypeOfEventIsDocumented() {
    assertThat(enumOf("RunEventType")).containsExactlyElementsOf(namesOf(RunEvent.Type.values()));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerHasTheMembersOfItsRecord(String schema, Class<? extends Record> view) {
    Map<String, Boolean> documented = new TreeMap<>();
    schema(schema)
        .path("properties")
        .properties()
        .forEach(
            member ->
                documented.put(member.getKey(), member.getValue().path("nullable").asBoolean()));
    assertThat(documented).isEqualTo(nullabilityOfMembers(view));
    assertThat(strings(schema(schema).path("required")))
        .as("members of %s that are always there", schema)
        .containsExactlyInAnyOrderElementsOf(documented.keySet());
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("Project", ProjectView.class),
        Arguments.of("ProjectList", Listing.class),
        Arguments.of("Key", KeyView.class),
        Arguments.of("IssuedKey", IssuedKeyView.class),
        Arguments.of("KeyList", Listing.class),
        Arguments.of("Caller", CallerView.class),
        Arguments.of("AuditEntry", AuditView.class),
        Arguments.of("AuditList", Listing.class),
        Arguments.of("Job", JobView.class),
        Arguments.of("SummarizedJob", SummarizedJobView.class),
        Arguments.of("JobSummary", JobSummaryView.class),
        Arguments.of("RunCounts", RunCounts.class),
        Arguments.of("Times", StatsView.Times.class),
        Arguments.of("StatsFigures", StatsView.Figures.class),
        Arguments.of("StatsBucket", StatsView.Bucket.class),
        Arguments.of("Stats", StatsView.class),
        Arguments.of("Run", RunView.class),
        Arguments.of("Batch", BatchView.class),
        Arguments.of("BatchResult", BatchView.Result.class),
        Arguments.of("RunEvent", RunEventView.class),
        Arguments.of("RunChange", RunChangeView.class),
        Arguments.of("JobList", CountedListing.class),
        Arguments.of("RunList", CountedListing.class),
        Arguments.of("RunEventList", Listing.class),
        Arguments.of("Index", IndexResource.Index.class));
  }

  @Test
  void aRequestHasTheMembersThatTheCodeReads() {
    assertThat(membersOf("NewProject")).isEqualTo(nullabilityOfMembers(NewProject.class).keySet());
    assertThat(membersOf("ProjectPatch"))
        .isEqualTo(nullabilityOfMembers(ProjectPatch.class).keySet());
    assertThat(membersOf("NewJob")).isEqualTo(nullabilityOfMembers(NewJob.class).keySet());
    assertThat(membersOf("JobPatch")).isEqualTo(nullabilityOfMembers(JobPatch.class).keySet());
    assertThat(membersOf("RunPatch")).isEqualTo(nullabilityOfMembers(RunPatch.class).keySet());
    Set<String> ofNewRun = new TreeSet<>(nullabilityOfMembers(NewRun.class).keySet());
    ofNewRun.remove("traceparent"); // Comes in a header.
    assertThat(membersOf("NewRun")).isEqualTo(ofNewRun);
  }

  @Test
  void everyObjectSaysWhetherItHasOtherMembers() {
    var softly = new SoftAssertions();
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              if (schema.getValue().path("type").asText().equals("object")) {
                softly
                    .assertThat(schema.getValue().path("additionalProperties").toString())
                    .as(schema.getKey())
                    .isEqualTo("false");
              }
            });
    softly.assertAll();
  }

  @Test
  void theLimitsAreThoseOfAnInstallationThatConfiguresNone() {
    Limits limits = Limits.DEFAULT;
    for (String schema : List.of("Job", "NewJob", "JobPatch")) {
      JsonNode members = schema(schema).path("properties");
      assertThat(members.at("/name/maxLength").asInt()).isEqualTo(limits.nameLength());
      assertThat(members.at("/description/maxLength").asInt())
          .isEqualTo(limits.descriptionLength());
      assertThat(members.at("/type/maxLength").asInt()).isEqualTo(limits.typeLength());
    }
    for (String schema : List.of("Project", "NewProject", "ProjectPatch", "Key", "NewKey")) {
      assertThat(schema(schema).at("/properties/name/maxLength").asInt())
          .isEqualTo(limits.nameLength());
    }
    assertThat(schema("Run").at("/properties/errorMessage/maxLength").asInt())
        .isEqualTo(limits.errorMessageLength());
    for (String schema : List.of("NewRun", "RunPatch")) {
      JsonNode members = schema(schema).path("properties");
      assertThat(members.at("/errorMessage/description").asText())
          .contains("More than " + limits.errorMessageLength() + " characters are cut");
      assertThat(members.at("/metadata/description").asText())
          .contains("At most " + limits.metadataBytes() + " bytes");
    }
    assertThat(schema("NewBatch").at("/properties/operations/maxItems").asInt())
        .isEqualTo(limits.batchOperations());
    for (String schema : List.of("Run", "NewRun", "BatchOperation")) {
      assertThat(schema(schema).at("/properties/externalId/maxLength").asInt())
          .isEqualTo(limits.externalIdLength());
    }
    JsonNode limit = document.at("/components/parameters/Limit");
    assertThat(limit.at("/schema/default").asInt()).isEqualTo(limits.pageSize());
    assertThat(limit.path("description").asText())
        .contains("More than " + limits.maxPageSize() + " means " + limits.maxPageSize());
    assertThat(document.at("/info/description").asText())
        .contains(
            "| `name` of a project | " + limits.nameLength() + " characters |",
            "| `name` of a key | " + limits.nameLength() + " characters |",
            "| refused credentials from one address | "
                + AccessSettings.OPEN.failuresPerMinute()
                + " a minute |",
            "| `name` of a job | " + limits.nameLength() + " characters |",
            "| `description` of a job | " + limits.descriptionLength() + " characters |",
            "| `type` of a job | " + limits.typeLength() + " characters |",
            "not refused) | " + limits.errorMessageLength() + " characters |",
            "as compact JSON | " + limits.metadataBytes() + " bytes |",
            "| a request body | " + limits.bodyBytes() + " bytes |",
            "| the body of a batch | " + limits.batchBytes() + " bytes |",
            "| operations of a batch | " + limits.batchOperations() + " |",
            "| `externalId` of a run | " + limits.externalIdLength() + " characters |",
            "| streams of runs that are open at an instance | " + limits.streams() + " |",
            "(" + limits.pageSize() + " if the request does not say) | " + limits.maxPageSize(),
            "| exports that are sent at a time; one more is refused with 503 | "
                + limits.exports()
                + " |",
            "| " + limits.writeWait().toMillis() + " ms |");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void anExampleOfAnErrorTellsWhatTheCodeTells(ErrorCode code) {
    var softly = new SoftAssertions();
    for (JsonNode problem : examplesOfProblems()) {
      if (problem.path("code").asText().equals(code.name())) {
        softly.assertThat(problem.path("title").asText()).isEqualTo(code.title());
        softly.assertThat(problem.path("type").asText()).isEqualTo("/problems/" + code.slug());
        softly.assertThat(problem.path("status").asInt()).isEqualTo(Problem.statusOf(code));
      }
    }
    softly.assertAll();
  }

  @Test
  void theExampleOfARefusedAcceptHeaderIsWhatIsAnswered() {
    assertThat(examplesOfProblems())
        .filteredOn(
            problem -> problem.path("code").asText().equals(ErrorCode.NOT_ACCEPTABLE.name()))
        .isNotEmpty()
        .allSatisfy(
            problem ->
                assertThat(problem.path("detail").asText())
                    .isEqualTo(ErrorCode.NOT_ACCEPTABLE.explanation()));
  }

  @Test
  void anErrorHasTheStatusOfItsAnswer() {
    var softly = new SoftAssertions();
    for (Operation operation : operations()) {
      operation
          .node()
          .path("responses")
          .properties()
          .forEach(
              answer ->
                  resolve(answer.getValue())
                      .path("content")
                      .path(Problem.MEDIA_TYPE)
                      .path("examples")
                      .forEach(
                          example ->
                              softly
                                  .assertThat(example.at("/value/status").asText())
                                  .as(operation.name())
                                  .isEqualTo(answer.getKey())));
    }
    softly.assertAll();
  }

  @TestFactory
  Stream<DynamicTest> everyExampleFitsItsSchema() {
    OpenAPI model = new OpenAPIV3Parser().readContents(text).getOpenAPI();
    var validator = new SchemaValidator(model, new MessageResolver());
    return mediaTypes().stream()
        .flatMap(
            media ->
                media.node().path("examples").properties().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                media.pointer() + "/" + example.getKey(),
                                () ->
                                    assertThat(
                                            validator
                                                .validate(
                                                    () -> example.getValue().path("value"),
                                                    schemaOf(media.node()),
                                                    "validation.example")
                                                .getMessages())
                                        .isEmpty())));
  }

  @Test
  void everyBodyHasAnExample() {
    assertThat(mediaTypes())
        .isNotEmpty()
        .allSatisfy(media -> assertThat(media.node().path("examples")).isNotEmpty());
  }

  /** What is null or empty in an example is dropped by the server when it serves the document. */
  @Test
  void noExampleHasPartsThatGetLostOnTheWay() {
    assertThat(mediaTypes())
        .allSatisfy(
            media ->
                media
                    .node()
                    .path("examples")
                    .forEach(
                        example ->
                            assertThat(isComplete(withoutFuture(example.path("value")))).isTrue()));
  }

  /**
   * Extensions are dropped as well, but for one that tests read; a placeholder would be one that
   * the build did not fill.
   */
  @Test
  void thereAreNoOtherExtensionsAndNoPlaceholders() {
    assertThat(
            text.lines().map(String::strip).filter(line -> !line.startsWith(REQUIRED_ROLE + ":")))
        .noneMatch(line -> line.startsWith("x-") || line.contains("${"));
  }

  /** A key that was just issued cannot have been used or revoked yet. */
  private static JsonNode withoutFuture(JsonNode example) {
    return example.isObject() && example.has("key") && example.has("role")
        ? ((ObjectNode) example.deepCopy()).without(List.of("lastUsedAt", "revokedAt"))
        : example;
  }

  private static boolean isComplete(JsonNode value) {
    if (value.isContainerNode()) {
      return !value.isEmpty() && value.valueStream().allMatch(OpenApiDocumentTest::isComplete);
    }
    return !value.isNull() && !value.isMissingNode();
  }

  private static List<JsonNode> examplesOfProblems() {
    List<JsonNode> problems = new ArrayList<>();
    for (MediaTypeNode media : mediaTypes()) {
      if (media.pointer().endsWith(Problem.MEDIA_TYPE)) {
        media.node().path("examples").forEach(example -> problems.add(example.path("value")));
      }
    }
    return problems;
  }

  private static Schema<?> schemaOf(JsonNode media) {
    JsonNode schema = media.path("schema");
    Schema<?> model = new Schema<>();
    return schema.has("$ref")
        ? model.$ref(schema.path("$ref").asText())
        : model.type(schema.path("type").asText());
  }

  /** Every body of the document, where it is written down. */
  private static List<MediaTypeNode> mediaTypes() {
    List<MediaTypeNode> found = new ArrayList<>();
    collectMediaTypes("", document, found);
    return found;
  }

  private static void collectMediaTypes(
      String pointer, JsonNode node, List<MediaTypeNode> collected) {
    node.properties()
        .forEach(
            member -> {
              String path = pointer + "/" + member.getKey();
              if (member.getKey().equals("content")) {
                member
                    .getValue()
                    .properties()
                    .forEach(
                        media ->
                            collected.add(
                                new MediaTypeNode(path + "/" + media.getKey(), media.getValue())));
              } else {
                collectMediaTypes(path, member.getValue(), collected);
              }
            });
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            operations.add(
                                new Operation(path.getKey(), method.getKey(), method.getValue()));
                          }
                        }));
    return operations;
  }

  private static Set<String> documentedOperations() {
    return operations().stream()
        .map(
            operation -> {
              Set<String> produced = new TreeSet<>();
              operation
                  .node()
                  .path("responses")
                  .properties()
                  .forEach(
                      answer -> {
                        if (answer.getKey().startsWith("2")) {
                          produced.addAll(fieldNames(resolve(answer.getValue()).path("content")));
                        }
                      });
              return signature(
                  operation.method().toUpperCase(Locale.ROOT),
                  operation.path(),
                  fieldNames(operation.node().at("/requestBody/content")),
                  produced);
            })
        .collect(Collectors.toSet());
  }

  private static Set<String> resourceMethods() {
    Set<String> signatures = new TreeSet<>();
    forEachResourceMethod(
        (resource, method) ->
            httpMethodOf(method)
                .forEach(verb -> signatures.add(signature(verb, resource, method))));
    return signatures;
  }

  private static void forEachResourceMethod(BiConsumer<Class<?>, Method> action) {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.chronotrack");
    for (JavaClass imported : classes) {
      // The document does not describe itself.
      if (imported.isAnnotatedWith(Path.class) && !imported.isEquivalentTo(OpenApiResource.class)) {
        Class<?> resource = imported.reflect();
        for (Method method : resource.getDeclaredMethods()) {
          action.accept(resource, method);
        }
      }
    }
  }

  /** The rule of the method, or else of its class, as the document writes it. */
  private static String requiredRole(Class<?> resource, Method method) {
    boolean ruled =
        method.isAnnotationPresent(RolesAllowed.class)
            || method.isAnnotationPresent(PermitAll.class);
    AnnotatedElement rule = ruled ? method : resource;
    if (rule.isAnnotationPresent(PermitAll.class)) {
      return NONE;
    }
    RolesAllowed allowed = rule.getAnnotation(RolesAllowed.class);
    assertThat(allowed).as("rule of %s", method).isNotNull();
    return String.join(",", allowed.value()).replace(Role.Name.ANY, ANY);
  }

  private static Stream<String> httpMethodOf(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(HttpMethod::value)
        // Answered wherever GET is, and nowhere described, also where a method does it.
        .filter(verb -> !verb.equals(HttpMethod.HEAD));
  }

  private static String signature(String verb, Class<?> resource, Method method) {
    Consumes consumes = nearest(Consumes.class, resource, method);
    Produces produces = nearest(Produces.class, resource, method);
    boolean readsBody = !verb.equals("GET");
    boolean writesBody = !verb.equals("DELETE");
    return signature(
        verb,
        path(resource, method),
        consumes == null || !readsBody ? Set.of() : withoutParameters(consumes.value()),
        produces == null || !writesBody ? Set.of() : withoutParameters(produces.value()));
  }

  private static String path(Class<?> resource, Method method) {
    return Stream.of(resource.getAnnotation(Path.class), method.getAnnotation(Path.class))
        .filter(annotation -> annotation != null)
        .map(annotation -> annotation.value().replaceAll("^/|/$", ""))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String signature(
      String verb, String path, Set<String> consumes, Set<String> produces) {
    return verb + " " + path + " " + new TreeSet<>(consumes) + " -> " + new TreeSet<>(produces);
  }

  private static <A extends Annotation> @Nullable A nearest(
      Class<A> type, Class<?> resource, Method method) {
    A own = method.getAnnotation(type);
    return own == null ? resource.getAnnotation(type) : own;
  }

  private static Set<String> withoutParameters(String[] mediaTypes) {
    return Arrays.stream(mediaTypes)
        .map(MediaType::valueOf)
        .map(media -> media.getType() + "/" + media.getSubtype())
        .collect(Collectors.toSet());
  }

  /** Names of a record's members, and whether each may be null. */
  private static Map<String, Boolean> nullabilityOfMembers(Class<? extends Record> type) {
    Map<String, Boolean> members = new TreeMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      members.put(
          component.getName(), component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }
    return members;
  }

  private static Set<String> membersOf(String schema) {
    return new TreeSet<>(fieldNames(schema(schema).path("properties")));
  }

  private static List<String> enumOf(String schema) {
    return strings(schema(schema).path("enum"));
  }

  private static List<String> namesOf(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static Set<String> fieldNames(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static JsonNode schema(String name) {
    return document.at("/components/schemas/" + name);
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = OpenApiDocumentTest.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private record Operation(String path, String method, JsonNode node) {

    String name() {
      return method + " " + path;
    }
  }

  private record MediaTypeNode(String pointer, JsonNode node) {}
}
