package io.chronotrack.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class HashSecretFileTest {

  @TempDir private Path folder;

  private Path database;
  private Path file;

  @BeforeEach
  void name() {
    database = folder.resolve("chronotrack.db");
    file = folder.resolve("chronotrack.db.secret");
  }

  private void assertRefused(String expected) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> HashSecretFile.beside(database))
        .withMessage("HASH_SECRET must be %s, but is '%s'", expected, file);
  }

  @Test
  void itIsMadeOnceAndReadFromThenOn() throws IOException {
    Secret first = HashSecretFile.beside(database);
    assertThat(first.value()).matches("[0-9a-f]{64}");
    assertThat(file).hasContent(first.value());
    assertThat(HashSecretFile.beside(database)).isEqualTo(first);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    HashSecretFile.beside(database);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void eachDatabaseHasItsOwn() {
    assertThat(HashSecretFile.beside(folder.resolve("other.db")))
        .isNotEqualTo(HashSecretFile.beside(database));
  }

  @Test
  void whatSomebodyWroteByHandCounts() throws IOException {
    String secret = "s".repeat(64);
    Files.writeString(file, "  " + secret + "\n");
    assertThat(HashSecretFile.beside(database).value()).isEqualTo(secret);
    assertThat(file).hasContent("  " + secret + "\n");
  }

  @Test
  void aFileThatIsCutShortIsRefusedWithoutShowingItAndKept() throws IOException {
    String rest = "5".repeat(63);
    Files.writeString(file, rest);
    assertRefused("given, or be in a file that is whole");
    assertThat(file).hasContent(rest);
  }

  @Test
  void anEmptyFileIsRefusedAndNotFilled() throws IOException {
    Files.createFile(file);
    assertRefused("given, or be in a file that is whole");
    assertThat(file).isEmptyFile();
  }

  @Test
  void whatCannotBeReadIsRefusedInOneLine() throws IOException {
    Files.createDirectory(file);
    assertRefused("given, or be in a file that can be read or made");
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    byte[] binary = new byte[64];
    Arrays.fill(binary, (byte) 0xC0);
    Files.write(file, binary);
    assertRefused("given, or be in a file that can be read or made");
  }

  @Test
  void withoutAFolderItCannotBeMade() {
    database = folder.resolve("missing").resolve("chronotrack.db");
    file = folder.resolve("missing").resolve("chronotrack.db.secret");
    assertRefused("given, or be in a file that can be read or made");
  }

  @Test
  void whatAKilledStartHasLeftIsMadeAnew() throws IOException {
    Path unfinished = Files.writeString(folder.resolve("chronotrack.db.secret.new"), "0123");
    assertThat(HashSecretFile.beside(database).value()).hasSize(64);
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void aSecretForNoDatabaseIsAnotherEachTime() {
    assertThat(HashSecretFile.random().value()).matches("[0-9a-f]{64}");
    assertThat(HashSecretFile.random()).isNotEqualTo(HashSecretFile.random());
  }
}
