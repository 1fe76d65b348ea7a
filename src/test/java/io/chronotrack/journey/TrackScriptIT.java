package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example script records commands that really run. */
@OnEveryServer
@ExtendWith(SharedChronoTrack.class)
class TrackScriptIT {

  private static final Path SCRIPT = Path.of("docs", "examples", "track.sh").toAbsolutePath();

  @TempDir Path folder;

  private final ApiClient client;

  TrackScriptIT(ApiClient client) {
    this.client = client;
  }

  @Test
  void aCommandThatWorksBecomesARunThatEndedWell() throws Exception {
    Outcome outcome =
        track("-t", "shell", "sort the \"words\"", "sort").input("pear\napple\n").run();

    assertThat(outcome.exitCode()).as(outcome::toString).isZero();
    assertThat(outcome.out()).isEqualTo("apple\npear\n");
    assertThat(outcome.err()).isEmpty();
    JsonObject job = onlyJob("sort the \"words\"");
    assertThat(job.getString("type")).isEqualTo("shell");
    JsonObject run = onlyRun(job);
    assertThat(run.getString("status")).isEqualTo("SUCCESS");
    assertThat(run.getJsonObject("metadata").getString("command")).isEqualTo("sort");
    assertThat(run.getJsonObject("metadata").keySet())
        .containsExactlyInAnyOrder("command", "host", "user");
  }

  @Test
  void aCommandThatFailsIsReportedWithItsExitCodeAndTheEndOfItsOutput() throws Exception {
    String command =
        "echo to be seen; printf 'quote \" back\\\\slash\\ttab \\001 \\377 \\303\\274' >&2; exit 3";

    Outcome outcome = track("failing command", "sh", "-c", command).run();

    assertThat(outcome.exitCode()).as(outcome::toString).isEqualTo(3);
    assertThat(outcome.out()).isEqualTo("to be seen\n");
    JsonObject run = onlyRun(onlyJob("failing command"));
    assertThat(run.getString("status")).isEqualTo("FAILED");
    assertThat(run.getString("errorMessage"))
        .startsWith("Exit code 3\n")
        .contains("to be seen\n")
        .contains("quote \" back\\slash\ttab \u0001  ü");
  }

  @Test
  void ofALongOutputTheEndIsReported() throws Exception {
    Outcome outcome = track("talkative", "sh", "-c", "seq 1 20000; exit 1").run();

    assertThat(outcome.out()).startsWith("1\n2\n").endsWith("\n20000\n");
    String message = onlyRun(onlyJob("talkative")).getString("errorMessage");
    assertThat(message).endsWith("\n19999\n20000\n").hasSizeBetween(8_000, 8_400);
  }

  @Test
  void aCommandThatDoesNotExistIsAFailedRun() throws Exception {
    Outcome outcome = track("no such command", "no-such-command-anywhere").run();

    assertThat(outcome.exitCode()).isEqualTo(127);
    assertThat(onlyRun(onlyJob("no such command")).getString("errorMessage"))
        .startsWith("Exit code 127");
  }

  @Test
  void theSecondTimeTheJobIsFoundAndNotCreatedAgain() throws Exception {
    track("again", "true").run();
    track("again", "true").run();

    assertThat(client.all("/jobs/" + onlyJob("again").getJsonNumber("id") + "/runs")).hasSize(2);
  }

  @Test
  void whoStopsTheScriptStopsTheCommandAndTheRunIsCancelled() throws Exception {
    Running running = track("stopped", "sh", "-c", "echo begun; exec sleep 600").start();
    Eventually.until(
        "the command has begun",
        Duration.ofSeconds(20),
        () -> Files.readString(running.out()).contains("begun"));

    running.process().destroy();
    Outcome outcome = running.awaitEnd();

    assertThat(outcome.exitCode()).isEqualTo(143);
    JsonObject run = onlyRun(onlyJob("stopped"));
    assertThat(run.getString("status")).isEqualTo("CANCELLED");
    assertThat(run.getString("errorMessage")).startsWith("Stopped by SIGTERM").contains("begun");
  }

  @Test
  void withoutChronoTrackTheCommandRunsAllTheSame() throws Exception {
    String nobody = "http://127.0.0.1:" + ChronoTrackProcess.freePort();

    Outcome outcome =
        track("-u", nobody, "untracked", "sh", "-c", "cat; exit 4").input("still read").run();

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out()).isEqualTo("still read");
    assertThat(outcome.err()).contains("untracked", nobody);
  }

  private JsonObject onlyJob(String name) {
    List<JsonObject> jobs = client.all("/jobs?name=" + ApiClient.encode(name));
    assertThat(jobs).hasSize(1);
    return jobs.get(0);
  }

  private JsonObject onlyRun(JsonObject job) {
    List<JsonObject> runs = client.all("/jobs/" + job.getJsonNumber("id") + "/runs");
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  private Call track(String... arguments) throws IOException {
    return new Call(List.of(arguments), folder.resolve("in"), folder.resolve("out")).input("");
  }

  private final class Call {

    private final List<String> arguments;
    private final Path in;
    private final Path out;

    Call(List<String> arguments, Path in, Path out) {
      this.arguments = arguments;
      this.in = in;
      this.out = out;
    }

    Call input(String text) throws IOException {
      Files.writeString(in, text);
      return this;
    }

    Outcome run() throws Exception {
      return start().awaitEnd();
    }

    Running start() throws IOException {
      List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
      command.addAll(arguments);
      Path err = folder.resolve("err");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("CHRONOTRACK_URL", client.address().toString());
      return new Running(builder.start(), out, err);
    }
  }

  private record Running(Process process, Path out, Path err) {

    Outcome awaitEnd() throws Exception {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the script did not end");
      }
      return new Outcome(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
  }

  private record Outcome(int exitCode, String out, String err) {}
}
