package io.chronotrack.helm;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.chronotrack.MarkdownDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart may be told, and what it says to the rest. */
class HelmValuesTest {

  private static final Pattern RANGE = Pattern.compile("([0-9]+) to ([0-9]+)");

  /** Settings that the chart decides itself, or takes from values of their own. */
  private static final Set<String> OF_THE_CHART =
      Set.of(
          "APP_ENV",
          "BIND",
          "PORT",
          "STORAGE",
          "DATABASE_FILE",
          "DATABASE_URL",
          // Of the server's own, which the image has none of.
          "DATABASE_JNDI",
          "DATABASE_USER",
          "DATABASE_PASSWORD",
          "DATABASE_PASSWORD_FILE",
          "ADMIN_KEY",
          "ADMIN_KEY_FILE",
          "HASH_SECRET",
          "HASH_SECRET_FILE");

  static Stream<Arguments> refusals() {
    return Stream.of(
        sqlite("replicas: 3", "replicas must be 1 with storage=sqlite, but is 3"),
        sqlite("replicas: -1", "at '/replicas'"),
        sqlite("replicas: many", "at '/replicas': got string, want integer"),
        sqlite("replicaCount: 1", "additional properties 'replicaCount' not allowed"),
        sqlite("storage: memory", "at '/storage': value must be one of 'sqlite', 'postgresql'"),
        sqlite("database: {url: 'jdbc:postgresql://db/x'}", "storage must be postgresql when"),
        sqlite("secrets: {databasePassword: {value: x}}", "storage must be postgresql when"),
        sqlite("secrets: {hashSecret: {value: short}}", "at least 32 characters"),
        sqlite(
            "secrets: {adminKey: {value: key, existingSecret: there}}",
            "secrets.adminKey must be given once"),
        sqlite("secrets: {adminKey: {value: 5}}", "at '/secrets/adminKey/value': got number"),
        sqlite("settings: {LOG_LEVL: INFO}", "additional properties 'LOG_LEVL' not allowed"),
        sqlite("settings: {ADMIN_KEY: x}", "additional properties 'ADMIN_KEY' not allowed"),
        sqlite("settings: {LOG_LEVEL: LOUD}", "at '/settings/LOG_LEVEL': value must be one of"),
        sqlite("settings: {PAGE_SIZE: 0}", "at '/settings/PAGE_SIZE': minimum: got 0, want 1"),
        sqlite("settings: {AUTH: maybe}", "at '/settings/AUTH'"),
        sqlite("resources: {limits: {memory: 511Mi}}", "at '/resources/limits/memory'"),
        sqlite("tmp: {sizeLimit: 64Mi}", "at '/tmp/sizeLimit'"),
        sqlite("terminationGracePeriodSeconds: 5", "at '/terminationGracePeriodSeconds'"),
        sqlite("persistence: {accessMode: ReadWriteMany}", "at '/persistence/accessMode'"),
        sqlite("image: {repository: ''}", "at '/image/repository'"),
        sqlite("ingress: {enabled: true}", "ingress.hosts must name at least one host"),
        arguments(
            Chart.withFile("values-postgresql.yaml"), "database.url must be given with storage="),
        arguments(
            Chart.withFile("values-postgresql.yaml").and("database: {url: 'jdbc:postgresql:x'}"),
            "secrets.hashSecret must be given with storage=postgresql"),
        postgresql("database: {url: 'jdbc:mysql://db/x'}", "at '/database/url'"),
        postgresql(
            "database: {url: 'jdbc:postgresql://db/x?ssl=true&password=x'}",
            "database.url must be without a password"));
  }

  private static Arguments sqlite(String values, String message) {
    return arguments(Chart.withDefaults().and(values), message);
  }

  private static Arguments postgresql(String values, String message) {
    return arguments(Chart.onPostgresql().and(values), message);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsWrongIsRefusedWithASentence(Chart chart, String message) {
    assertThat(chart.refusal()).contains(message);
  }

  @Test
  void aRefusalDoesNotShowASecret() {
    assertThat(Chart.withDefaults().and("secrets: {hashSecret: {value: tooshort}}").refusal())
        .doesNotContain("tooshort");
  }

  @Test
  void aServiceThatIsStoppedForABackupIsNotRefused() {
    assertThat(
            Chart.withDefaults().and("replicas: 0").render().deployment().getSpec().getReplicas())
        .isZero();
  }

  @ParameterizedTest
  @MethodSource("io.chronotrack.helm.HelmChartTest#charts")
  void everyVariableThatTheChartSetsIsASettingOfTheService(Chart chart) throws IOException {
    Set<String> known = new TreeSet<>(settings().keySet());
    known.addAll(OF_THE_CHART);
    if (Files.readString(Path.of("server-config/payara-micro/start.sh")).contains("JAVA_OPTS")) {
      known.add("JAVA_OPTS");
    }

    assertThat(chart.render().environment().keySet()).isSubsetOf(known);
  }

  @Test
  void everySettingOfTheServiceCanBeSet() throws IOException {
    Set<String> expected = new TreeSet<>(settings().keySet());
    expected.removeAll(OF_THE_CHART);

    assertThat(namesIn(schemaOfSettings())).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theSchemaAllowsOfASettingWhatTheReadmeAllows() throws IOException {
    Map<String, String> allowed = settings();
    JsonNode schema = schemaOfSettings();

    assertThat(namesIn(schema))
        .allSatisfy(
            name -> {
              JsonNode type = schema.path(name);
              Matcher range = RANGE.matcher(allowed.get(name));
              if (range.matches()) {
                assertThat(type.path("minimum").asText()).isEqualTo(range.group(1));
                assertThat(type.path("maximum").asText()).isEqualTo(range.group(2));
              }
              if (type.has("enum")) {
                assertThat(type.path("enum").valueStream().filter(JsonNode::isTextual))
                    .extracting(JsonNode::asText)
                    .containsExactlyElementsOf(MarkdownDocument.codeIn(allowed.get(name)));
              }
            });
  }

  @Test
  void everyValueThatTheSchemaKnowsHasADefault() throws IOException {
    Set<String> known = new TreeSet<>(namesIn(Chart.read("values.schema.json").path("properties")));
    known.remove("global");

    assertThat(namesIn(Chart.read("values.yaml"))).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void theDocumentExplainsEveryValue() throws IOException {
    List<String> documented =
        MarkdownDocument.read("docs/kubernetes.md").table("Values").stream()
            .skip(1)
            .flatMap(row -> MarkdownDocument.codeIn(row.get(0)).stream())
            .toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(leaves("", Chart.read("values.yaml")));
  }

  /** The name that a setting of the README has in the environment. */
  static String environmentName(String setting) {
    return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** What the README allows, by the names that the settings have in the environment. */
  private static Map<String, String> settings() {
    return MarkdownDocument.read("README.md").table("Configuration").stream()
        .skip(1)
        .collect(
            toMap(
                row -> environmentName(MarkdownDocument.codeIn(row.get(0)).get(0)),
                row -> row.get(2),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private static JsonNode schemaOfSettings() throws IOException {
    return Chart.read("values.schema.json").at("/properties/settings/properties");
  }

  private static Set<String> namesIn(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(toCollection(TreeSet::new));
  }

  private static List<String> leaves(String prefix, JsonNode values) {
    List<String> leaves = new ArrayList<>();
    for (var entry : values.properties()) {
      String name = prefix + entry.getKey();
      if (entry.getValue().isObject() && !entry.getValue().isEmpty()) {
        leaves.addAll(leaves(name + ".", entry.getValue()));
      } else {
        leaves.add(name);
      }
    }
    return leaves;
  }
}
