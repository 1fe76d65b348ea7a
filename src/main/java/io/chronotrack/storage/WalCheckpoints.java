package io.chronotrack.storage;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps the write-ahead log short: sees to it that what is in it is moved into the database file,
 * and begins it anew.
 *
 * <p>It takes the place of SQLite's automatic checkpoint, which waits for nobody. The log can begin
 * anew only at a moment when no reader uses it; if readers overlap, there is none, and the log
 * grows for as long as they come. Besides, from its thousandth frame on, every single commit makes
 * a checkpoint, with two flushes of the disk.
 *
 * <p>Here a {@link WalMover} moves each thousand frames beside the writers, who wait for none of
 * it. Since they go on, it never reaches the log's end. So when the log has its usual size, the
 * connection that writes moves what little is left, between two transactions, and the next one
 * begins the log anew; and when it has passed its bound, that connection waits a moment for the
 * readers of the log, while those that come read the database file. How checkpoints work: <a
 * href="https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files">SQLite</a>.
 *
 * <p>Used by one thread at a time, as its connection is.
 */
final class WalCheckpoints {

  /** What the log may grow to before anybody has to wait, in bytes. */
  static final long LARGEST_LOG = 64L << 20;

  /** The longest time that writers wait for readers of the log, in one try. */
  private static final int LONGEST_WAIT_MS = 200;

  /** Commits in which nothing is asked, so that a commit costs no statement more. */
  private static final int COMMITS_BETWEEN_LOOKS = 16;

  private static final long FRAMES_BETWEEN_PASSES = 1_000;
  private static final int BYTES_OF_A_FRAMES_HEADER = 24;

  private static final System.Logger LOG = System.getLogger(WalCheckpoints.class.getName());

  private final Connection connection;
  private final WalMover mover;
  private final long bytesPerFrame;
  private final long usualFrames;
  private final long mostFrames;

  private int commits;
  private long framesAtLastPass;
  private boolean beginsAnew;
  private long framesAtNextTry;
  private long framesToNextTry = FRAMES_BETWEEN_PASSES;
  private boolean tooLong;
  private boolean failing;

  /**
   * Takes the checkpoints over.
   *
   * @param connection the one that writes; its transactions are over when it is used here
   * @param mover for what is moved beside it
   * @param largestLog what the log may grow to before anybody has to wait, in bytes
   */
  WalCheckpoints(Connection connection, WalMover mover, long largestLog) throws SQLException {
    this.connection = connection;
    this.mover = mover;
    bytesPerFrame =
        Long.parseLong(SqliteConnections.pragma(connection, "page_size"))
            + BYTES_OF_A_FRAMES_HEADER;
    usualFrames = usualLog(largestLog) / bytesPerFrame;
    mostFrames = largestLog / bytesPerFrame;
    SqliteConnections.pragma(connection, "wal_autocheckpoint = 0");
    SqliteConnections.pragma(connection, "journal_size_limit = " + keptFile(largestLog));
  }

  /**
   * From what size on the log begins anew, if no reader hinders it, in bytes. Writers wait for two
   * flushes of the disk then, so it should not happen often.
   */
  private static long usualLog(long largestLog) {
    return largestLog / 3;
  }

  /** What is left of the file when the log begins anew, in bytes: more than it usually has. */
  static long keptFile(long largestLog) {
    return largestLog / 2;
  }

  /** To be called after each commit. Whatever happens here, the commit has succeeded. */
  void afterCommit() {
    if (mover.isAtWork()) {
      return;
    }
    commits++;
    if (commits < COMMITS_BETWEEN_LOOKS && !beginsAnew) {
      return;
    }
    commits = 0;
    try {
      look();
    } catch (SQLException e) {
      if (!failing) {
        // Such as a full disk. What is in the log is safe, and the next look tries again.
        LOG.log(Level.WARNING, "The write-ahead log cannot be moved into the database file", e);
      }
      failing = true;
    }
  }

  private void look() throws SQLException {
    long frames = checkpoint("NOOP").frames();
    if (frames < framesAtLastPass) {
      // It has begun anew.
      framesAtLastPass = 0;
    }
    if (beginsAnew) {
      beginsAnew = false;
      pass();
      framesAtLastPass = frames;
      failing = false;
    } else if (frames - framesAtLastPass >= FRAMES_BETWEEN_PASSES) {
      mover.begin();
      framesAtLastPass = frames;
      beginsAnew = frames >= usualFrames;
    }
  }

  private void pass() throws SQLException {
    Progress progress = checkpoint("PASSIVE");
    if (progress.frames() <= mostFrames || canBeginAnew(progress)) {
      isShort();
    } else if (progress.frames() > 2 * mostFrames) {
      isTooLong(progress);
    }
  }

  /**
   * Tries to get readers out of the log. Each try in vain cost writers its wait, so the next one is
   * made when the log has grown by more.
   */
  private boolean canBeginAnew(Progress progress) throws SQLException {
    if (progress.frames() < framesAtNextTry || isHeldByAnOldReader(progress)) {
      return false;
    }
    if (restart()) {
      return true;
    }
    framesAtNextTry = progress.frames() + framesToNextTry;
    framesToNextTry = Math.min(2 * framesToNextTry, mostFrames);
    return false;
  }

  /** One that waiting will not help against: half of the log has been written since it began. */
  private static boolean isHeldByAnOldReader(Progress progress) {
    return progress.moved() < progress.frames() / 2;
  }

  /** Waits for the readers of the log; the next transaction then begins it anew. */
  private boolean restart() throws SQLException {
    String usual = SqliteConnections.pragma(connection, "busy_timeout");
    SqliteConnections.pragma(connection, "busy_timeout = " + LONGEST_WAIT_MS);
    try {
      return !checkpoint("RESTART").busy();
    } finally {
      SqliteConnections.pragma(connection, "busy_timeout = " + usual);
    }
  }

  private void isShort() {
    framesAtNextTry = 0;
    framesToNextTry = FRAMES_BETWEEN_PASSES;
    if (tooLong) {
      LOG.log(Level.INFO, "The write-ahead log begins anew");
    }
    tooLong = false;
  }

  private void isTooLong(Progress progress) {
    if (!tooLong) {
      LOG.log(
          Level.WARNING,
          "The write-ahead log has {0} MB and grows, because a reader does not end",
          (progress.frames() * bytesPerFrame) >> 20);
    }
    tooLong = true;
  }

  private Progress checkpoint(String mode) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      if (!result.next()) {
        throw new SQLException("wal_checkpoint told nothing");
      }
      return new Progress(result.getInt(1) != 0, result.getLong(2), result.getLong(3));
    }
  }

  /**
   * What SQLite tells of a checkpoint.
   *
   * @param busy whether somebody kept it from its end
   * @param frames how many the log has
   * @param moved how many of them are in the database file
   */
  private record Progress(boolean busy, long frames, long moved) {}
}
