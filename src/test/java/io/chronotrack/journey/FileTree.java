package io.chronotrack.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/** A folder with everything in it. */
final class FileTree {

  private FileTree() {}

  /**
   * Copies a folder to where none is yet.
   *
   * @return the copy
   */
  static Path copy(Path from, Path to) throws IOException {
    for (Path file : filesIn(from)) {
      Path copy = to.resolve(from.relativize(file));
      if (Files.isDirectory(file)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  static void delete(Path folder) throws IOException {
    for (Path file : filesIn(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(file);
    }
  }

  /** Folders before what is in them. */
  private static List<Path> filesIn(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.toList();
    }
  }
}
