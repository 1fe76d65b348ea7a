package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code start.sh} asks Java for; Java is a script here that tells. */
class StartScriptTest {

  private static final String JAVA =
      """
      #!/bin/sh
      echo "java $*"
      for argument in "$@"; do
        case $argument in
          --unpack)
            mkdir "$JAR_FOLDER/chronotrack.unpacked"
            : >"$JAR_FOLDER/chronotrack.unpacked/start.jar"
            ;;
          -XX:ArchiveClassesAtExit=*) : >"${argument#*=}" ;;
        esac
      done
      """;

  private Path folder;
  private Path jar;

  @BeforeEach
  void install(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Files.copy(Path.of("server-config", "payara-micro", "start.sh"), folder.resolve("start.sh"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    jar = Files.writeString(folder.resolve("chronotrack.jar"), "first");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private record Result(int status, String output) {}

  private Result run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", folder.resolve("start.sh").toString()));
    command.addAll(List.of(options));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("JAR_FOLDER", folder.toString());
    builder.environment().remove("CHRONOTRACK_JAR");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private void prepare() throws Exception {
    assertThat(run("--prepare").status()).isZero();
  }

  private String unpacked() {
    return "-jar " + folder.resolve("chronotrack.unpacked/start.jar");
  }

  @Test
  void unpreparedTheJarIsRunWithTheOptions() throws Exception {
    Result result = run("--check");

    assertThat(result.status()).isZero();
    assertThat(result.output()).endsWith("-jar " + jar + " --check\n").doesNotContain("Archive");
  }

  @Test
  void preparedTheUnpackedServerIsRunWithTheArchive() throws Exception {
    prepare();

    assertThat(run("--check").output())
        .contains("-XX:SharedArchiveFile=" + folder.resolve("chronotrack.jsa"))
        .endsWith(unpacked() + " --check\n");
  }

  @Test
  void anotherJarIsNotRunWithWhatWasUnpackedBefore() throws Exception {
    prepare();
    FileTime asBefore = Files.getLastModifiedTime(jar);
    Files.writeString(jar, "of another size");
    Files.setLastModifiedTime(jar, asBefore);

    assertThat(run().output()).endsWith("-jar " + jar + "\n");
  }

  @Test
  void aNewerJarOfTheSameSizeIsNotRunWithWhatWasUnpackedBefore() throws Exception {
    prepare();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run().output()).endsWith("-jar " + jar + "\n");
  }

  @Test
  void anInterruptedPreparationIsLeftAlone() throws Exception {
    prepare();
    Files.delete(folder.resolve("chronotrack.unpacked/start.jar"));

    assertThat(run().output()).endsWith("-jar " + jar + "\n");
  }

  @ParameterizedTest
  @CsvSource({"17.0.15, true", "21.0.7, false", "25.0.3, false"})
  void jvmsThatWouldComplainAboutAnOptionAreNotGivenIt(String version, boolean known)
      throws Exception {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");

    assertThat(run().output().contains("MetaspaceReclaimPolicy")).isEqualTo(known);
  }

  @Test
  void withoutTheJarItSaysWhereItLooked() throws Exception {
    Files.delete(jar);

    Result result = run();

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.output()).contains("CHRONOTRACK_JAR must be the path of chronotrack.jar");
  }
}
