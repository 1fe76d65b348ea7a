package io.chronotrack.launcher;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes a folder with all that is in it. Links are removed, not followed. */
final class FolderRemoval extends SimpleFileVisitor<Path> {

  private static final int MOST_ATTEMPTS = 10;

  private FolderRemoval() {}

  /** Removes all that is there, even while somebody else is still adding to it. */
  static void remove(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.walkFileTree(folder, new FolderRemoval());
        return;
      } catch (DirectoryNotEmptyException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.deleteIfExists(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      // Somebody else, such as a server that is stopping, has removed it meanwhile.
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    Files.deleteIfExists(folder);
    return FileVisitResult.CONTINUE;
  }
}
