package io.chronotrack.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.jni.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * The chart with values on top of its own, later ones over earlier ones.
 *
 * @param values YAML
 */
record Chart(List<String> values) {

  static final Path FOLDER = Path.of("server-config/helm/chronotrack");

  /** What {@code values-postgresql.yaml} leaves to the one who installs. */
  static final String DATABASE_AND_SECRETS =
      """
      database: {url: "jdbc:postgresql://db:5432/chronotrack", user: chronotrack}
      secrets:
        adminKey: {existingSecret: access}
        hashSecret: {existingSecret: access, key: hash}
        databasePassword: {existingSecret: db-app, key: password}
      """;

  private static final YAMLMapper YAML = new YAMLMapper();

  static Chart withDefaults() {
    return new Chart(List.of());
  }

  /** With one of the files beside {@code values.yaml}. */
  static Chart withFile(String name) {
    return withDefaults().and(textOf(name));
  }

  static Chart onPostgresql() {
    return withFile("values-postgresql.yaml").and(DATABASE_AND_SECRETS);
  }

  Chart and(String yaml) {
    List<String> all = new ArrayList<>(values);
    all.add(yaml);
    return new Chart(List.copyOf(all));
  }

  /**
   * Skips the test on a machine for which there is no Helm: its Java library has it for Linux and
   * Windows on amd64 and for macOS. Where it should be, a missing one is a failure.
   */
  private static void requireHelm() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean amd64 = arch.equals("amd64") || arch.equals("x86_64");
    assumeTrue(
        os.startsWith("mac") || (amd64 && (os.startsWith("linux") || os.startsWith("windows"))),
        "helm-java has no native library for " + os + " on " + arch);
    // Without one it would look for it on the network, which is nobody's wish here.
    assertThat(ServiceLoader.load(NativeLibrary.class)).isNotEmpty();
  }

  Manifests render() {
    return Manifests.parse(template());
  }

  /** What Helm says in place of rendering. */
  String refusal() {
    requireHelm(); // Here, because a skipped test is no refusal.
    Throwable refusal = catchThrowable(this::template);
    assertThat(refusal).as("refusal of %s", values).isNotNull();
    return refusal.getMessage();
  }

  /** As {@code helm template chronotrack --namespace tracking --values ...}. */
  private String template() {
    requireHelm();
    List<Path> files = new ArrayList<>();
    try {
      var command = new Helm(FOLDER).template().withName("chronotrack").withNamespace("tracking");
      for (String text : values) {
        Path file = Files.createTempFile("values", ".yaml");
        files.add(file);
        command.withValuesFile(Files.writeString(file, text));
      }
      return command.call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      files.forEach(file -> file.toFile().delete());
    }
  }

  /**
   * As {@code helm lint --strict --values ...}, for which the library has no option: a copy of the
   * chart has these values for its own.
   */
  LintResult lint(Path folder) throws IOException {
    requireHelm();
    Path copy = folder.resolve(FOLDER.getFileName());
    try (var files = Files.walk(FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(FOLDER.relativize(file).toString()));
      }
    }
    YAML.writeValue(copy.resolve("values.yaml").toFile(), merged());
    return new Helm(copy).lint().strict().call();
  }

  /** All values in one. */
  JsonNode merged() throws IOException {
    JsonNode all = YAML.readTree(textOf("values.yaml"));
    for (String text : values) {
      all = YAML.readerForUpdating(all).readValue(text);
    }
    return all;
  }

  static JsonNode read(String name) throws IOException {
    return YAML.readTree(textOf(name));
  }

  static String textOf(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
