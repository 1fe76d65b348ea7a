package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of its own, so small that a test can fill it. */
final class SmallDisk implements AutoCloseable {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on this folder; where that is not allowed, the test is skipped. */
  static SmallDisk mountedOn(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    String refusal =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    assumeTrue(refusal.isEmpty(), () -> "no file system can be mounted here: " + refusal);
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /** Leaves no byte free. */
  void fill() throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream out =
        Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(folder.toFile().getUsableSpace()).as(full::toString).isZero();
    }
  }

  /** Takes away what {@link #fill} has put there. */
  void makeRoom() throws IOException {
    Files.delete(ballast());
  }

  /** Also while somebody still has files open there, whose file system then ends with them. */
  @Override
  public void close() throws IOException {
    String refusal = run("umount", "--lazy", folder.toString());
    assertThat(refusal).isEmpty();
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /** What a command complains of; nothing if it succeeds. */
  private static String run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return e.toString();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    return status == 0 ? "" : output.strip() + " (status " + status + ")";
  }
}
