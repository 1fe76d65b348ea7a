package io.chronotrack.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An answer that goes on: what comes into an {@link Outbox} is sent as soon as the client takes it.
 *
 * <p>Nobody waits for the client. What is added to the outbox is sent by another thread, as much as
 * the connection takes without waiting, and the server sends the rest when the connection takes
 * more. That is why the answer is written past Jakarta REST: how its event sinks write is up to
 * each server, and some hold the thread that sends. Where this output does so as well, {@link
 * Senders} see to it that others are not held up.
 */
public final class EventStream implements WriteListener, AsyncListener {

  private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

  private final ServletOutputStream out;
  private final Outbox outbox;
  private final AsyncResponse answer;
  private final Runnable whenOver;

  /** How often there was something to do since whoever sends began; that one does it all. */
  private final AtomicInteger calls = new AtomicInteger();

  /** Whether the server will call when the connection takes something. */
  private volatile boolean isCallPending = true;

  // For whoever sends.
  private boolean isUnflushed;
  private boolean isEnded;

  private EventStream(
      ServletOutputStream out, Outbox outbox, AsyncResponse answer, Runnable whenOver) {
    this.out = out;
    this.outbox = outbox;
    this.answer = answer;
    this.whenOver = whenOver;
  }

  /**
   * Answers a request with what comes into this outbox, until that is closed.
   *
   * @param answer which Jakarta REST has put off, and which ends when it is resumed
   * @param senders who send what is added
   */
  public static void open(
      HttpServletRequest request, Outbox outbox, AsyncResponse answer, Executor senders)
      throws IOException {
    AsyncContext exchange = request.getAsyncContext();
    // The client hears from us now and then, and is given up if it takes nothing.
    exchange.setTimeout(0);
    var response = (HttpServletResponse) exchange.getResponse();
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(ServerSentEvents.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    // Asks nginx, and others that took the header over, to pass on each part at once.
    response.setHeader("X-Accel-Buffering", "no");
    // The least that the server has, so that each part is on its way when it is written: the first
    // flush on Open Liberty sends nothing.
    response.setBufferSize(1);
    var stream =
        new EventStream(response.getOutputStream(), outbox, answer, RequestGate.endOf(request));
    exchange.addListener(stream);
    outbox.whenNews(() -> senders.execute(stream::send));
    RequestGate.of(request).ifPresent(gate -> gate.endWhenClosing(outbox));
    stream.out.setWriteListener(stream);
  }

  @Override
  public void onWritePossible() {
    isCallPending = false;
    send();
  }

  /**
   * Sends as much as the connection takes. Called by the senders and by the server; one of them
   * sends at a time, and none waits for another: some servers hold locks when they call.
   */
  private void send() {
    if (calls.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      if (outbox.isClosed()) {
        end();
      } else {
        sendWhileReady();
      }
      seen = calls.addAndGet(-seen);
    } while (seen > 0);
  }

  private void sendWhileReady() {
    try {
      while (isReady()) {
        byte[] part = outbox.take();
        if (part != null) {
          out.write(part);
          isUnflushed = true;
        } else if (isUnflushed) {
          isUnflushed = false;
          out.flush();
        } else {
          return;
        }
      }
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private boolean isReady() {
    if (isCallPending) {
      return false;
    }
    // Before the question, which may make the server call before it is answered.
    isCallPending = true;
    if (!out.isReady()) {
      return false;
    }
    isCallPending = false;
    return true;
  }

  /** Closes the outbox, whereupon this ends. */
  private void giveUp(@Nullable Throwable reason) {
    LOG.log(Level.DEBUG, "A client has left its stream", reason);
    outbox.close();
  }

  private void end() {
    if (isEnded) {
      return;
    }
    isEnded = true;
    // With nothing more to say. Whoever began the asynchronous exchange must be the one to end it.
    answer.resume(Response.ok().build());
    whenOver.run();
  }

  @Override
  public void onError(Throwable reason) {
    giveUp(reason);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    outbox.close();
  }

  @Override
  public void onError(AsyncEvent event) {
    giveUp(event.getThrowable());
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    outbox.close();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nobody begins the exchange anew.
  }
}
