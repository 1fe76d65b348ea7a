package io.chronotrack.key;

import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The file with what keys are hashed with, for installations that configure nothing: beside the
 * database and not in it, so that a stolen copy of the database alone is worth nothing.
 */
public final class HashSecretFile {

  private static final int BYTES = 32;

  private HashSecretFile() {}

  /**
   * The secret beside this database, made if there is none yet.
   *
   * @throws InvalidSetting if the file can be neither read nor made
   */
  public static Secret beside(Path database) {
    Path file = database.resolveSibling(database.getFileName() + ".secret");
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      String content = Files.readString(file).strip();
      if (content.length() < 2 * BYTES) {
        throw new InvalidSetting(
            "HASH_SECRET", "given, or be in a file that is whole", file.toString());
      }
      return new Secret(content);
    } catch (IOException e) {
      throw new InvalidSetting(
          "HASH_SECRET", "given, or be in a file that can be read or made", file.toString());
    }
  }

  /** A secret that nobody has seen. */
  public static Secret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes));
  }

  private static void create(Path file) throws IOException {
    // Written under another name first: a file that is there under its own is always whole.
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(unfinished);
    }
    Files.writeString(
        unfinished, random().value(), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    Files.move(unfinished, file);
  }
}
