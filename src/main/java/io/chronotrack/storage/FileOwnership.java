package io.chronotrack.storage;

import io.chronotrack.config.InvalidSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The claim of this process on a database file, for as long as it runs: ids are counted in memory,
 * so a second process would give out the same ones.
 *
 * <p>It is a lock of the operating system, which is gone with the process however it ends. It lies
 * on a file beside the database, because closing any handle of the database file itself would drop
 * SQLite's own locks (see "How To Corrupt An SQLite Database File", section 2.2).
 */
final class FileOwnership implements AutoCloseable {

  private final FileChannel channel;

  private FileOwnership(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Claims a database file.
   *
   * @throws InvalidSetting if another process has claimed it, or it cannot be claimed
   */
  static FileOwnership take(Path database) {
    Path lockFile = database.resolveSibling(database.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) != null) {
        return new FileOwnership(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new InvalidSetting(
          "DATABASE_FILE", "in a folder that can be written", database.toString());
    }
    throw new InvalidSetting(
        "DATABASE_FILE",
        "a file that no other process of ChronoTrack has open",
        database.toString());
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Somebody else in this very JVM, such as a second deployment, has it.
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
