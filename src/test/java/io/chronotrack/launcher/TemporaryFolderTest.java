package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

  private final String tmpdir = System.getProperty("java.io.tmpdir");

  private Path parent;

  @BeforeEach
  void use(@TempDir Path parent) {
    this.parent = parent;
  }

  @AfterEach
  void giveTheFolderForTemporaryFilesBack() {
    System.setProperty("java.io.tmpdir", tmpdir);
  }

  @Test
  void theFolderIsEmptyAtFirstAndGoneWithAllItsContentInTheEnd() throws IOException {
    var folder = new TemporaryFolder(parent);
    Path root = folder.create();
    assertThat(root).isEmptyDirectory();

    Files.writeString(Files.createDirectory(root.resolve("lib")).resolve("a.jar"), "content");
    folder.delete();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void temporaryFilesOfTheProcessGoIntoIt() {
    new TemporaryFolder(parent).create();

    assertThat(Path.of(System.getProperty("java.io.tmpdir"))).startsWith(parent).isEmptyDirectory();
  }

  @Test
  void theFolderOfAProcessThatWasKilledIsRemoved() throws IOException {
    Path leftOver = Files.createDirectory(parent.resolve("chronotrack-123"));
    Files.createFile(leftOver.resolve("owner.lock"));
    Files.createDirectory(leftOver.resolve("server"));

    new TemporaryFolder(parent).create();

    assertThat(leftOver).doesNotExist();
  }

  @Test
  void theFolderOfAProcessThatIsAliveStays() throws IOException {
    Path alive = Files.createDirectory(parent.resolve("chronotrack-123"));
    try (var channel =
            FileChannel.open(
                alive.resolve("owner.lock"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      new TemporaryFolder(parent).create();

      assertThat(lock.isValid()).isTrue();
      assertThat(alive).exists();
    }
  }

  @Test
  void foldersThatOnlyLookAlikeStay() throws IOException {
    Path other = Files.createDirectory(parent.resolve("chronotrack-notes"));

    new TemporaryFolder(parent).create();

    assertThat(other).exists();
  }

  @Test
  void aLinkIsRemovedButNotFollowed() throws IOException {
    Path precious = Files.createFile(parent.resolve("precious"));
    var folder = new TemporaryFolder(parent);
    Files.createSymbolicLink(folder.create().resolve("link"), precious);

    folder.delete();

    assertThat(precious).exists();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedInOneLine() {
    assertThatThrownBy(() -> new TemporaryFolder(parent.resolve("missing")).create())
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("java.io.tmpdir must be ");
  }
}
