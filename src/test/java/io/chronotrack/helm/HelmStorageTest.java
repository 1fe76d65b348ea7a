package io.chronotrack.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What SQLite and PostgreSQL ask of Kubernetes. */
class HelmStorageTest {

  private static final Chart SQLITE = Chart.withFile("values-sqlite.yaml");
  private static final Chart POSTGRESQL = Chart.onPostgresql();

  @Test
  void withSqliteThereIsOnePodThatGivesTheFileBackBeforeTheNextTakesIt() {
    Manifests made = SQLITE.render();

    assertThat(made.deployment().getSpec().getReplicas()).isOne();
    assertThat(made.deployment().getSpec().getStrategy().getType()).isEqualTo("Recreate");
    assertThat(made.deployment().getSpec().getStrategy().getRollingUpdate()).isNull();
    assertThat(made.all(PodDisruptionBudget.class)).isEmpty();
  }

  @Test
  void withSqliteTheDatabaseIsOnAVolumeThatStays() {
    Manifests made = SQLITE.render();
    PersistentVolumeClaim claim = made.one(PersistentVolumeClaim.class);

    assertThat(made.volume("data").getPersistentVolumeClaim().getClaimName())
        .isEqualTo(claim.getMetadata().getName());
    assertThat(Path.of(made.environment().get("DATABASE_FILE")).getParent())
        .isEqualTo(Path.of(made.mounts().get("data")));
    assertThat(claim.getMetadata().getAnnotations())
        .containsEntry("helm.sh/resource-policy", "keep");
    assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
  }

  @Test
  void aVolumeThatIsThereTakesThePlaceOfANewOne() {
    Manifests made = SQLITE.and("persistence: {existingClaim: old-data}").render();

    assertThat(made.all(PersistentVolumeClaim.class)).isEmpty();
    assertThat(made.volume("data").getPersistentVolumeClaim().getClaimName()).isEqualTo("old-data");
  }

  @Test
  void theFileForSqliteSaysWhatTheDefaultsSay() {
    assertThat(SQLITE.render().text()).isEqualTo(Chart.withDefaults().render().text());
  }

  @Test
  void withPostgresqlThereAreSeveralPodsOfWhichNoneIsMissedDuringAnUpgrade() {
    Manifests made = POSTGRESQL.render();
    DeploymentSpec deployment = made.deployment().getSpec();
    var budget = made.one(PodDisruptionBudget.class).getSpec();

    assertThat(deployment.getReplicas()).isGreaterThan(1);
    assertThat(deployment.getStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable().getValue())
        .isEqualTo(0);
    assertThat(budget.getMaxUnavailable().getValue()).isEqualTo(1);
    assertThat(budget.getSelector()).isEqualTo(deployment.getSelector());
    assertThat(made.pod().getTopologySpreadConstraints())
        .singleElement()
        .satisfies(
            spread -> assertThat(spread.getLabelSelector()).isEqualTo(deployment.getSelector()));
    assertThat(made.container().getLifecycle().getPreStop()).isNotNull();
  }

  @Test
  void withPostgresqlThereIsNoVolumeForData() {
    Manifests made = POSTGRESQL.render();

    assertThat(made.all(PersistentVolumeClaim.class)).isEmpty();
    assertThat(made.mounts()).doesNotContainKey("data");
    assertThat(made.environment())
        .containsEntry("STORAGE", "postgresql")
        .containsEntry("DATABASE_URL", "jdbc:postgresql://db:5432/chronotrack")
        .containsEntry("DATABASE_USER", "chronotrack")
        .containsEntry("DATABASE_PASSWORD_FILE", "/etc/chronotrack/secrets/DATABASE_PASSWORD")
        .doesNotContainKey("DATABASE_FILE");
  }

  @Test
  void aSinglePodNeedsNoBudget() {
    assertThat(POSTGRESQL.and("replicas: 1").render().all(PodDisruptionBudget.class)).isEmpty();
  }
}
