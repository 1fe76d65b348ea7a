package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example script where a credential is needed: it shows the key to nobody but ChronoTrack. */
@OnEveryServer
@ExtendWith(GuardedChronoTrack.class)
class TrackScriptWithKeyIT {

  private static final Path SCRIPT = Path.of("docs", "examples", "track.sh").toAbsolutePath();

  /**
   * Shows what every other program on the machine can see, and what the command itself is given.
   */
  private static final String LOOK_AROUND = "ps -A -o args 2>/dev/null; env; exit 3";

  @TempDir Path folder;

  private final ApiClient system;
  private final ApiClient stranger;

  TrackScriptWithKeyIT(Installation installation) {
    this.system = installation.system().inNewProject();
    this.stranger = installation.stranger();
  }

  @Test
  void aKeyInTheEnvironmentTracksTheCommandAndIsSeenByNobody() throws Exception {
    String key = system.issueKey("operator");

    String seen = track(Map.of("CHRONOTRACK_KEY", key), "secret keeper", 3);

    assertThat(seen).doesNotContain(key);
    JsonObject run = onlyRun("secret keeper");
    assertThat(run.getString("status")).isEqualTo("FAILED");
    assertThat(run.toString()).doesNotContain(key);
  }

  @Test
  void aReportersKeyInAFileIsEnoughForAJobThatThereIs() throws Exception {
    String key = system.issueKey("reporter");
    system.createJob("known");
    Path file = Files.writeString(folder.resolve("key"), key + "\n");

    String seen = track(Map.of("CHRONOTRACK_KEY_FILE", file.toString()), "known", 3);

    assertThat(seen).doesNotContain(key);
    assertThat(onlyRun("known").getString("status")).isEqualTo("FAILED");
  }

  @Test
  void withAKeyThatIsNotAcceptedTheCommandRunsAllTheSame() throws Exception {
    String key = system.issueKey("operator");
    String wrong = key.substring(0, key.length() - 1);

    String seen = track(Map.of("CHRONOTRACK_KEY", wrong), "refused", 3);

    assertThat(seen).contains("refused", "401").doesNotContain(wrong);
    assertThat(system.all("/jobs")).isEmpty();
  }

  private JsonObject onlyRun(String name) {
    List<JsonObject> jobs = system.all("/jobs?name=" + ApiClient.encode(name));
    assertThat(jobs).hasSize(1);
    List<JsonObject> runs = system.all("/jobs/" + jobs.get(0).getJsonNumber("id") + "/runs");
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  /** Runs the script and returns what was printed, and all command lines of curl. */
  private String track(Map<String, String> credential, String job, int exitCode) throws Exception {
    Path output = folder.resolve("output");
    Path commandLines = folder.resolve("curl.txt");
    var builder =
        new ProcessBuilder("sh", SCRIPT.toString(), job, "sh", "-c", LOOK_AROUND)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("CHRONOTRACK_URL", stranger.address().toString());
    environment.put("PATH", curlThatTells(commandLines) + ":" + environment.get("PATH"));
    environment.putAll(credential);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the script did not end");
    }
    assertThat(process.exitValue()).isEqualTo(exitCode);
    assertThat(commandLines).content().contains("/jobs");
    return Files.readString(output) + Files.readString(commandLines);
  }

  /** A folder with a program that writes down how it was called, and does what curl does. */
  private Path curlThatTells(Path commandLines) throws IOException {
    Path programs = Files.createDirectory(folder.resolve("bin"));
    Path curl = programs.resolve("curl");
    Files.writeString(
        curl,
        """
        #!/bin/sh
        printf '%%s ' "$@" >>'%s'
        PATH=${PATH#*:} exec curl "$@"
        """
            .formatted(commandLines));
    Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwx------"));
    return programs;
  }
}
