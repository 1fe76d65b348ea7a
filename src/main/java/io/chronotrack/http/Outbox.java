package io.chronotrack.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent to one client and has not been yet: bounded, so that a client that reads
 * slowly costs no more memory than another. One thread adds, others take; either side may close it.
 */
public final class Outbox {

  /** Bytes that wait before there is no more room; the part that passes it is the last one. */
  static final int ROOM = 256 * 1024;

  private final Queue<byte[]> parts = new ArrayDeque<>();
  private final LongSupplier nanoTime;
  private final Runnable whenRoom;
  private volatile Runnable whenNews = () -> {};
  private long bytes;
  private long waitingSince;
  private boolean closed;

  /**
   * @param nanoTime tells the time in nanoseconds, from any origin
   * @param whenRoom called when there is room again, and at the end
   */
  public Outbox(LongSupplier nanoTime, Runnable whenRoom) {
    this.nanoTime = nanoTime;
    this.whenRoom = whenRoom;
  }

  /** Calls this whenever something is added from now on, and at the end. */
  void whenNews(Runnable action) {
    whenNews = action;
  }

  /** Whether something more may be added. */
  public synchronized boolean hasRoom() {
    return bytes < ROOM && !closed;
  }

  /** Adds a part that is sent as a whole; nothing happens after the end. */
  public void add(byte[] part) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (parts.isEmpty()) {
        waitingSince = nanoTime.getAsLong();
      }
      parts.add(part);
      bytes += part.length;
    }
    whenNews.run();
  }

  /** Takes the next part; {@code null} if there is none. */
  public byte @Nullable [] take() {
    byte[] part;
    boolean hadRoom;
    synchronized (this) {
      part = parts.poll();
      if (part == null) {
        return null;
      }
      hadRoom = bytes < ROOM;
      bytes -= part.length;
      waitingSince = nanoTime.getAsLong();
    }
    if (!hadRoom && hasRoom()) {
      whenRoom.run();
    }
    return part;
  }

  /** How many nanoseconds ago the client took something, if something waits for it; else 0. */
  public synchronized long waited() {
    return parts.isEmpty() ? 0 : nanoTime.getAsLong() - waitingSince;
  }

  /** Ends it: what waits is not sent any more. */
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      parts.clear();
      bytes = 0;
    }
    whenNews.run();
    whenRoom.run();
  }

  /** Whether it has ended. */
  public synchronized boolean isClosed() {
    return closed;
  }
}
