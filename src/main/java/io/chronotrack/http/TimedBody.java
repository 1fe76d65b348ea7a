package io.chronotrack.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A body that must arrive within a time, counted from the first time it is read. The server limits
 * only how long nothing comes: a client that sends a byte now and then would keep the thread that
 * reads for as long as it likes.
 *
 * <p>Every read throws {@link BodyTooSlow} when the time is over, or when the server waited in
 * vain.
 */
final class TimedBody extends ServletInputStream {

  private final ServletInputStream body;
  private final int maxMillis;
  private final LongSupplier nanoTime;
  private final Runnable whenTooSlow;

  private boolean started;
  private long start;

  /**
   * @param nanoTime tells the time in nanoseconds, from any origin
   * @param whenTooSlow called before a read throws {@link BodyTooSlow}
   */
  TimedBody(ServletInputStream body, int maxMillis, LongSupplier nanoTime, Runnable whenTooSlow) {
    this.body = body;
    this.maxMillis = maxMillis;
    this.nanoTime = nanoTime;
    this.whenTooSlow = whenTooSlow;
  }

  @Override
  public int read() throws IOException {
    return inTime(body::read);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return inTime(() -> body.read(bytes, offset, length));
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  private interface Read {
    int get() throws IOException;
  }

  private int inTime(Read read) throws IOException {
    if (!started) {
      started = true;
      start = nanoTime.getAsLong();
    }
    int result;
    try {
      result = read.get();
    } catch (IOException e) {
      if (isTimeout(e)) {
        throw tooSlow();
      }
      throw e;
    }
    // Not while it waits: a read returns as soon as anything has come, or the server gives up.
    if (nanoTime.getAsLong() - start > TimeUnit.MILLISECONDS.toNanos(maxMillis)) {
      throw tooSlow();
    }
    return result;
  }

  private BodyTooSlow tooSlow() {
    whenTooSlow.run();
    return new BodyTooSlow(maxMillis);
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
