package io.chronotrack.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import io.chronotrack.config.AppConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart makes, for each of the values files that come with it and with every option. */
class HelmChartTest {

  private static final Chart SQLITE = Chart.withFile("values-sqlite.yaml");
  private static final Chart POSTGRESQL = Chart.onPostgresql();

  /** Everything that is off by default. */
  private static final String OPTIONS =
      """
      image: {repository: "registry.example.org:5000/tools/chronotrack", tag: v9.9.9}
      imagePullSecrets: [{name: pull}]
      fullnameOverride: tracker
      settings:
        AUTH: off
        MAX_BODY_BYTES: 100000000
        LOG_LEVEL: FINE
        TRUSTED_PROXIES: "10.0.0.0/8, ::1"
      javaOpts: -Xmx512m
      tmp: {medium: Memory, sizeLimit: 512Mi}
      resources: {limits: {memory: 2Gi, cpu: 2}}
      service: {type: LoadBalancer, port: 8080, annotations: {a: b}}
      ingress:
        enabled: true
        className: nginx
        annotations: {c: d}
        hosts: [tracker.example.org, jobs.example.org]
        tls: [{secretName: tracker-tls, hosts: [tracker.example.org]}]
      serviceAccount: {name: tracker-account, annotations: {e: f}}
      podAnnotations: {g: h}
      podLabels: {team: data}
      nodeSelector: {disk: ssd}
      tolerations: [{key: data, operator: Exists}]
      affinity: {nodeAffinity: {}}
      topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]
      extraVolumes: [{name: ca, configMap: {name: database-ca}}]
      extraVolumeMounts: [{name: ca, mountPath: /etc/database}]
      """;

  static Stream<Chart> charts() {
    return Stream.of(
        Chart.withDefaults(),
        SQLITE,
        POSTGRESQL,
        SQLITE.and(OPTIONS).and(HelmSecretsTest.OWN_SECRETS),
        POSTGRESQL.and(OPTIONS));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void helmHasNothingToSayAgainstIt(Chart chart, @TempDir Path folder) throws IOException {
    LintResult result = chart.lint(folder);

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).allMatch(message -> message.startsWith("[INFO]"));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void kubernetesKnowsEveryFieldAndWhatBelongsTogetherFindsItself(Chart chart) {
    Manifests made = chart.render();
    DeploymentSpec deployment = made.deployment().getSpec();
    Map<String, String> labels = made.template().getMetadata().getLabels();
    Service service = made.one(Service.class);

    assertThat(deployment.getSelector().getMatchLabels()).isNotEmpty();
    assertThat(labels).containsAllEntriesOf(deployment.getSelector().getMatchLabels());
    assertThat(service.getSpec().getSelector())
        .isEqualTo(deployment.getSelector().getMatchLabels());
    assertThat(made.container().getPorts()).extracting(ContainerPort::getName).contains("http");
    assertThat(service.getSpec().getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getTargetPort().getValue()).isEqualTo("http"));
    assertThat(made.container().getEnvFrom())
        .singleElement()
        .satisfies(
            from ->
                assertThat(from.getConfigMapRef().getName())
                    .isEqualTo(made.nameOf(ConfigMap.class)));
    assertThat(made.pod().getServiceAccountName()).isEqualTo(made.nameOf(ServiceAccount.class));
    assertThat(made.container().getVolumeMounts())
        .allSatisfy(mount -> assertThat(made.volume(mount.getName())).isNotNull());
    assertThat(made.all())
        .extracting(resource -> resource.getKind() + " " + resource.getMetadata().getName())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("charts")
  void thePodMayDoNothingButWork(Chart chart) {
    Manifests made = chart.render();
    PodSecurityContext pod = made.pod().getSecurityContext();
    SecurityContext container = made.container().getSecurityContext();

    assertThat(pod.getRunAsNonRoot()).isTrue();
    assertThat(List.of(pod.getRunAsUser(), pod.getRunAsGroup(), pod.getFsGroup()))
        .containsOnly(10001L);
    assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getCapabilities().getAdd()).isEmpty();
    assertThat(made.pod().getAutomountServiceAccountToken()).isFalse();
    assertThat(made.one(ServiceAccount.class).getAutomountServiceAccountToken()).isFalse();
    assertThat(made.pod().getEnableServiceLinks()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("charts")
  void theProbesAskTheHealthOfTheService(Chart chart) {
    Container container = chart.render().container();

    assertThat(pathOf(container.getStartupProbe())).isEqualTo("/health/started");
    assertThat(pathOf(container.getLivenessProbe())).isEqualTo("/health/live");
    assertThat(pathOf(container.getReadinessProbe())).isEqualTo("/health/ready");
  }

  @ParameterizedTest
  @MethodSource("charts")
  void thereIsMemoryToRunSpaceToUnpackAndTimeToStop(Chart chart) {
    Manifests made = chart.render();

    assertThat(made.container().getResources().getLimits().get("memory").getNumericalAmount())
        .isGreaterThanOrEqualTo(new Quantity("512Mi").getNumericalAmount());
    assertThat(made.volume("tmp").getEmptyDir().getSizeLimit().getNumericalAmount())
        .isGreaterThanOrEqualTo(new Quantity("256Mi").getNumericalAmount());
    assertThat(made.mounts()).containsEntry("tmp", "/tmp");
    assertThat(made.pod().getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(15);
  }

  @Test
  void aChangeOfASettingOrOfASecretStartsThePodsAnewAndNothingElseDoes() {
    Chart chart = SQLITE.and(HelmSecretsTest.OWN_SECRETS);
    Map<String, String> before = annotations(chart);

    assertThat(before).containsOnlyKeys("checksum/config", "checksum/secret");
    assertThat(annotations(chart)).isEqualTo(before);
    assertThat(annotations(chart.and("persistence: {size: 9Gi}"))).isEqualTo(before);
    assertThat(annotations(chart.and("settings: {LOG_LEVEL: FINE}")))
        .containsEntry("checksum/secret", before.get("checksum/secret"))
        .doesNotContainEntry("checksum/config", before.get("checksum/config"));
    assertThat(annotations(chart.and("secrets: {adminKey: {value: another}}")))
        .containsEntry("checksum/config", before.get("checksum/config"))
        .doesNotContainEntry("checksum/secret", before.get("checksum/secret"));
  }

  @Test
  void theServiceUnderstandsWhatTheChartSets() {
    Map<String, String> environment = SQLITE.and(OPTIONS).render().environment();

    AppConfig config =
        AppConfig.from(
            key -> Optional.ofNullable(environment.get(HelmValuesTest.environmentName(key))));

    assertThat(config.databaseFile()).isEqualTo(Path.of("/data/chronotrack.db").toAbsolutePath());
    assertThat(config.bind()).isEqualTo("0.0.0.0");
    assertThat(config.access().required()).isFalse();
    assertThat(config.logLevel()).isEqualTo(Level.FINE);
    assertThat(config.limits().bodyBytes()).isEqualTo(100_000_000);
  }

  @Test
  void theVersionOfTheImageIsTheOneOfTheProject() throws IOException {
    String version =
        Files.readString(Path.of("pom.xml")).split("<version>", 2)[1].split("(-SNAPSHOT)?</", 2)[0];

    assertThat(Chart.read("Chart.yaml").path("appVersion").asText()).isEqualTo("v" + version);
    assertThat(SQLITE.render().container().getImage()).isEqualTo("chronotrack:v" + version);
  }

  @Test
  void anImageIsTakenByItsTagOrByItsDigest() {
    String digest = "sha256:" + "0123456789abcdef".repeat(4);

    assertThat(SQLITE.and(OPTIONS).render().container().getImage())
        .isEqualTo("registry.example.org:5000/tools/chronotrack:v9.9.9");
    assertThat(
            SQLITE
                .and("image: {tag: v9, digest: '" + digest + "'}")
                .render()
                .container()
                .getImage())
        .isEqualTo("chronotrack@" + digest);
  }

  @Test
  void anIngressLeadsEveryHostToTheRootOfTheService() {
    Manifests made = POSTGRESQL.and(OPTIONS).render();
    var spec = made.one(Ingress.class).getSpec();

    assertThat(spec.getRules())
        .extracting(rule -> rule.getHost())
        .containsExactly("tracker.example.org", "jobs.example.org");
    assertThat(spec.getRules())
        .flatExtracting(rule -> rule.getHttp().getPaths())
        .allSatisfy(
            path -> {
              assertThat(path.getPath()).isEqualTo("/");
              assertThat(path.getBackend().getService().getName())
                  .isEqualTo(made.nameOf(Service.class));
            });
    assertThat(POSTGRESQL.render().all(Ingress.class)).isEmpty();
  }

  private static String pathOf(Probe probe) {
    assertThat(probe.getHttpGet().getPort().getValue()).isEqualTo("http");
    return probe.getHttpGet().getPath();
  }

  private static Map<String, String> annotations(Chart chart) {
    return chart.render().template().getMetadata().getAnnotations();
  }
}
