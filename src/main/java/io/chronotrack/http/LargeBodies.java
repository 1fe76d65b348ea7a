package io.chronotrack.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests with large bodies take turns. What such a body says is in memory until its answer
 * is: some ten times its bytes, and as many threads as the server has would fill the heap with it.
 * Ordinary reports are far smaller, and pass.
 */
final class LargeBodies implements Filter {

  /** Largest body that passes without asking for room, in bytes. */
  static final int SMALL = 64 * 1024;

  /**
   * Shares of the room. One body is read while what another says is written: more at a time would
   * be hardly faster, and what they keep in memory would make work for the collector.
   */
  static final int ROOM = 2;

  /** What a share is for, in bytes. The largest body of all may be larger than the whole room. */
  private static final int SHARE = 2 * 1024 * 1024;

  /** A body that comes in chunks does not tell how large it is. */
  private static final int SHARES_OF_UNKNOWN = ROOM / 2;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Semaphore room = new Semaphore(ROOM, true);
  private final Duration longestWait;

  LargeBodies() {
    this(LONGEST_WAIT);
  }

  /**
   * @param longestWait how long a request waits for its turn before it is refused
   */
  LargeBodies(Duration longestWait) {
    this.longestWait = longestWait;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    int shares = shares((HttpServletRequest) request);
    if (!hasRoomFor(shares)) {
      refuse((HttpServletResponse) response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      room.release(shares);
    }
  }

  private boolean hasRoomFor(int shares) {
    try {
      return room.tryAcquire(shares, longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int shares(HttpServletRequest request) {
    long bytes = request.getContentLengthLong();
    if (bytes < 0 && request.getHeader("Transfer-Encoding") != null) {
      return SHARES_OF_UNKNOWN;
    }
    return bytes <= SMALL ? 0 : (int) Math.min(ROOM, (bytes + SHARE - 1) / SHARE);
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "2");
    // Nobody reads the body, which the connection's next request would begin behind.
    response.setHeader("Connection", "close");
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
