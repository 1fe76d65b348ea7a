package io.chronotrack.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Lets requests in, until whoever runs the server closes it in order to stop: then those in flight
 * finish, and new ones are told to come back later.
 *
 * <p>Health is answered in any case, and is not waited for. Streams, which would not end by
 * themselves, are ended.
 */
final class RequestGate implements Filter, RequestGateMXBean {

  private static final String NAME = "io.chronotrack:type=Requests";
  private static final String HEALTH = "/health";

  /** Attribute of a request that has passed: its {@link Stay}. */
  private static final String STAY = RequestGate.class.getName();

  private static final int ALL = Integer.MAX_VALUE;

  /**
   * How long before the end of a drain downloads are broken off, which no patience would outlast.
   */
  private static final long BREAKING_OFF_MILLIS = 1_500;

  /** One permit per request in flight: who gets all of them knows that there is none. */
  private final Semaphore permits = new Semaphore(ALL);

  private final Set<Outbox> streams = ConcurrentHashMap.newKeySet();

  private volatile boolean draining;
  private final Runnable breakOff;

  /**
   * @param breakOff breaks off answers that take longer than anybody waits for them
   */
  RequestGate(Runnable breakOff) {
    this.breakOff = breakOff;
  }

  /** The gate that a request has passed; empty if there is none. */
  static Optional<RequestGate> of(ServletRequest request) {
    return request.getAttribute(STAY) instanceof Stay stay
        ? Optional.of(stay.gate())
        : Optional.empty();
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    try {
      ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
    } catch (JMException e) {
      throw new ServletException("Cannot register " + NAME, e);
    }
  }

  @Override
  public void destroy() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
    } catch (JMException e) {
      throw new IllegalStateException("Cannot unregister " + NAME, e);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isHealth((HttpServletRequest) request)) {
      chain.doFilter(request, response);
    } else if (draining || !permits.tryAcquire()) {
      refuse((HttpServletResponse) response);
    } else {
      pass(request, response, chain);
    }
  }

  @Override
  public boolean drain(long timeoutMillis) {
    // A request that has just not seen this flag either has its permit already and is waited for,
    // or finds none left.
    draining = true;
    streams.forEach(Outbox::close);
    try {
      long breakingOff = Math.min(BREAKING_OFF_MILLIS, timeoutMillis / 2);
      if (permits.tryAcquire(ALL, timeoutMillis - breakingOff, TimeUnit.MILLISECONDS)) {
        return true;
      }
      breakOff.run();
      return permits.tryAcquire(ALL, breakingOff, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends an answer that goes on when the gate closes; at once, if it has. */
  void endWhenClosing(Outbox stream) {
    streams.removeIf(Outbox::isClosed);
    streams.add(stream);
    if (draining) {
      stream.close();
    }
  }

  /**
   * Has a request counted as over once its answer is written by another thread. Who writes it calls
   * what this gives: Payara tells no listener of the end if the client has closed the connection.
   */
  static Runnable endOf(ServletRequest request) {
    return request.getAttribute(STAY) instanceof Runnable end ? end : () -> {};
  }

  private void pass(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var stay = new Stay();
    request.setAttribute(STAY, stay);
    boolean finished = true;
    try {
      chain.doFilter(request, response);
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(stay);
        finished = false;
      }
    } finally {
      if (finished) {
        stay.run();
      }
    }
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "1");
    response.setHeader("Connection", "close");
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  private static boolean isHealth(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
  }

  /**
   * A request on its way, until it has been answered: it keeps its permit for so long, also if its
   * answer is written later. It can be ended more than once.
   */
  private final class Stay implements AsyncListener, Runnable {

    private final AtomicBoolean over = new AtomicBoolean();

    RequestGate gate() {
      return RequestGate.this;
    }

    @Override
    public void run() {
      if (over.compareAndSet(false, true)) {
        permits.release();
      }
    }

    @Override
    public void onComplete(AsyncEvent event) {
      // Called after a timeout or an error as well.
      run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // onComplete follows.
    }

    @Override
    public void onError(AsyncEvent event) {
      // onComplete follows.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // A new round of the same request drops its listeners.
      event.getAsyncContext().addListener(this);
    }
  }
}
