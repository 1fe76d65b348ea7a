package io.chronotrack.helm;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where secrets are in what the chart makes, and where they are not. */
class HelmSecretsTest {

  private static final String SECRET_TEXT = "a secret of more than 32 characters, not to be seen";

  static final String OWN_SECRETS =
      """
      secrets:
        adminKey: {value: "ct_0123456789_not_to_be_seen"}
        hashSecret: {value: "%s"}
      """
          .formatted(SECRET_TEXT);

  private static final Chart SQLITE = Chart.withFile("values-sqlite.yaml");
  private static final Chart POSTGRESQL = Chart.onPostgresql();

  @Test
  void aSecretThatIsGivenAsAValueIsInTheSecretAndNowhereElse() {
    Manifests made = SQLITE.and(OWN_SECRETS).render();
    Secret secret = made.one(Secret.class);
    String rest =
        made.all().stream()
            .filter(resource -> resource != secret)
            .map(HasMetadata::toString)
            .reduce("", String::concat);

    assertThat(secret.getData().keySet()).containsExactlyInAnyOrder("ADMIN_KEY", "HASH_SECRET");
    assertThat(
            new String(
                Base64.getDecoder().decode(secret.getData().get("HASH_SECRET")),
                StandardCharsets.UTF_8))
        .isEqualTo(SECRET_TEXT);
    assertThat(rest)
        .doesNotContain(SECRET_TEXT)
        .doesNotContain(secret.getData().get("HASH_SECRET"));
    assertThat(made.one(ConfigMap.class).getData())
        .doesNotContainKeys("ADMIN_KEY", "HASH_SECRET", "DATABASE_PASSWORD");
    assertThat(made.projections())
        .allSatisfy(source -> assertThat(source.getName()).isEqualTo(made.nameOf(Secret.class)));
  }

  @ParameterizedTest
  @MethodSource("io.chronotrack.helm.HelmChartTest#charts")
  void aSecretReachesTheServiceAsAFileOnly(Chart chart) {
    Manifests made = chart.render();
    Map<String, String> files =
        made.container().getEnv().stream()
            .collect(toMap(variable -> variable.getName(), variable -> variable.getValue()));

    assertThat(made.environment())
        .doesNotContainKeys("ADMIN_KEY", "HASH_SECRET", "DATABASE_PASSWORD");
    assertThat(files)
        .allSatisfy(
            (name, file) ->
                assertThat(name + file).endsWith(Path.of(file).getFileName().toString()));
    assertThat(files.values())
        .containsExactlyInAnyOrderElementsOf(
            made.projections().stream()
                .map(
                    source ->
                        made.mounts().get("secrets") + "/" + source.getItems().get(0).getPath())
                .toList());
    assertThat(files.keySet())
        .isSubsetOf("ADMIN_KEY_FILE", "HASH_SECRET_FILE", "DATABASE_PASSWORD_FILE");
  }

  @Test
  void secretsThatAreThereAreTakenFromWhereTheyAre() {
    Manifests made = POSTGRESQL.render();

    assertThat(made.all(Secret.class)).isEmpty();
    assertThat(made.volume("secrets").getProjected().getDefaultMode()).isEqualTo(0440);
    assertThat(made.projections())
        .extracting(
            source -> source.getName(),
            source -> source.getItems().get(0).getKey(),
            source -> source.getItems().get(0).getPath())
        .containsExactlyInAnyOrder(
            tuple("access", "ADMIN_KEY", "ADMIN_KEY"),
            tuple("access", "hash", "HASH_SECRET"),
            tuple("db-app", "password", "DATABASE_PASSWORD"));
  }

  @Test
  void withoutSecretsNothingIsMountedForThem() {
    assertThat(SQLITE.render().mounts()).containsOnlyKeys("tmp", "data");
  }
}
