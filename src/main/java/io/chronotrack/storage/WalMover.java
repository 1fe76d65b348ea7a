package io.chronotrack.storage;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Moves what is in the write-ahead log into the database file while others write and read, on a
 * connection of its own. It waits for nobody, and leaves what is written meanwhile.
 */
final class WalMover implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(WalMover.class.getName());

  private final Path file;
  private final Executor threads;

  private @Nullable Connection connection;
  private boolean failing;
  private boolean closed;

  private volatile boolean atWork;

  /** Works in the thread that it is given. */
  WalMover(Path file, Executor threads) {
    this.file = file;
    this.threads = threads;
  }

  /** Works in a thread that lives as long as the work does: that is milliseconds, now and then. */
  static WalMover beside(Path file) {
    return new WalMover(file, WalMover::inItsOwnThread);
  }

  private static void inItsOwnThread(Runnable work) {
    Thread thread = new Thread(work, "checkpoint");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether what was begun is not yet done. */
  boolean isAtWork() {
    return atWork;
  }

  /**
   * Begins to move what the log has now, and returns, whatever happens. To be called when it is not
   * at work.
   */
  void begin() {
    atWork = true;
    try {
      threads.execute(
          () -> {
            try {
              move();
            } finally {
              atWork = false;
            }
          });
    } catch (OutOfMemoryError e) {
      // The system gives the process no thread more. Its requests go on with those they have.
      atWork = false;
      tellOnce(e);
    }
  }

  private synchronized void move() {
    if (closed) {
      return;
    }
    try {
      SqliteConnections.pragma(connected(), "wal_checkpoint(PASSIVE)");
      failing = false;
    } catch (SQLException e) {
      tellOnce(e);
    }
  }

  /** Such as of a full disk. What is in the log is safe, and is moved another time. */
  private synchronized void tellOnce(Throwable failure) {
    if (!failing) {
      LOG.log(Level.WARNING, "The write-ahead log cannot be moved beside the writers", failure);
    }
    failing = true;
  }

  private Connection connected() throws SQLException {
    if (connection == null) {
      connection = SqliteConnections.openWriter(file);
    }
    return connection;
  }

  /** Returns when nothing is moved any more. */
  @Override
  public synchronized void close() {
    closed = true;
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "The connection that moves the write-ahead log was not closed", e);
    }
  }
}
