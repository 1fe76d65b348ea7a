package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server itself may spoil of a start. */
class SpoiledDeploymentIT {

  @Test
  void theApplicationIsDeployedOnceMoreAfterTheServerHasLostItsClassLoader(@TempDir Path folder)
      throws Exception {
    try (var process =
        ChronoTrackProcess.in(folder).withJvmOption("-javaagent:" + agentIn(folder)).start()) {
      ApiClient client = process.client();
      long job = client.createJob("nightly backup");
      assertThat(client.succeed(client.startRun(job)).getString("status")).isEqualTo("SUCCESS");
      assertThat(process.stop()).isZero();
      assertThat(process.output())
          .contains("SecurityLifecycleException")
          .containsOnlyOnce("The server did not deploy the application, which is tried once more");
    }
  }

  private static Path agentIn(Path folder) {
    Path jar = folder.resolve("agent.jar");
    ShrinkWrap.create(JavaArchive.class)
        .addClass(LostClassLoader.class)
        .setManifest(
            new StringAsset(
                "Manifest-Version: 1.0\nPremain-Class: " + LostClassLoader.class.getName() + "\n"))
        .as(ZipExporter.class)
        .exportTo(jar.toFile());
    return jar;
  }
}
