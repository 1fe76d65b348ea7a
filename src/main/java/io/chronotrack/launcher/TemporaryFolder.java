package io.chronotrack.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The folder into which the server unpacks itself: a fresh one at each start, since the server
 * would deploy the application twice in one that was used before.
 *
 * <p>The folder is removed when the service stops. A process that was killed leaves its folder
 * behind; the next start removes it. Whether its process is alive tells a lock on a file inside.
 */
final class TemporaryFolder {

  private static final Logger LOG = Logger.getLogger(TemporaryFolder.class.getName());

  private static final String PREFIX = "chronotrack-";
  private static final String LOCK = "owner.lock";
  private static final String CONTENT = "server";

  private final Path parent;
  private volatile @Nullable Path folder;

  @SuppressWarnings("UnusedVariable") // Held: the lock is gone when it is collected.
  private @Nullable FileLock lock;

  /**
   * @param parent the folder for temporary files
   */
  TemporaryFolder(Path parent) {
    this.parent = parent;
  }

  /**
   * Makes the folder, and makes it the folder for temporary files of this process.
   *
   * @return an empty folder inside it, for the server
   * @throws CannotStart if the parent cannot be written
   */
  Path create() {
    try {
      Path created = Files.createTempDirectory(parent, PREFIX);
      folder = created;
      removeLeftOvers(created);
      // Locked first and named afterwards: under its final name the file is never seen unlocked.
      Path unnamed = created.resolve("new.lock");
      lock =
          FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).lock();
      Files.move(unnamed, created.resolve(LOCK));
      Path content = Files.createDirectory(created.resolve(CONTENT));
      // The server copies the application, and the database driver its native library, to the
      // folder for temporary files, and neither removes its copy when the process is killed.
      System.setProperty(
          "java.io.tmpdir", Files.createDirectory(content.resolve("tmp")).toString());
      return Files.createDirectory(content.resolve("root"));
    } catch (IOException e) {
      throw new CannotStart(
          ExitStatus.REFUSED,
          "java.io.tmpdir must be a folder that can be written, but is '"
              + parent
              + "' ("
              + e
              + ")");
    }
  }

  /** Removes the folder and all in it, as far as possible; the next start removes the rest. */
  void delete() {
    Path created = folder;
    if (created != null) {
      delete(created);
    }
  }

  private void removeLeftOvers(Path own) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path other : folders) {
        // Another user's folder is not ours to delete, even if we could: its owner might exchange
        // what is in it for links to other places while we are at it.
        if (Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(other).equals(Files.getOwner(own))
            && isLeftOver(other)) {
          LOG.info(() -> "Removing " + other + ", left behind by a process that was killed");
          delete(other);
        }
      }
    }
  }

  private static boolean isLeftOver(Path other) {
    try (FileChannel channel =
            FileChannel.open(
                other.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (OverlappingFileLockException e) {
      // Locked by this very process.
      return false;
    } catch (IOException e) {
      // No lock file: the folder of a process that has made it this very moment, or not ours.
      LOG.log(Level.FINE, e, () -> "Leaving " + other + " alone");
      return false;
    }
  }

  private static void delete(Path folder) {
    try {
      // The lock goes last: without it nobody would dare to remove what may be left of the rest.
      FolderRemoval.remove(folder.resolve(CONTENT));
      FolderRemoval.remove(folder);
    } catch (IOException e) {
      LOG.log(Level.WARNING, e, () -> "Cannot remove " + folder);
    }
  }
}
