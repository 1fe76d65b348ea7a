package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private final Map<String, Object> headers = new HashMap<>();
  private final Connection connection = new Connection();
  private final AtomicInteger resumed = new AtomicInteger();
  private final RequestGate gate = new RequestGate(() -> {});
  private final List<Runnable> handedOver = new ArrayList<>();
  private Executor senders = Runnable::run;

  /** Between the gate and the stream. */
  private Runnable onTheWay = () -> {};

  private final Outbox outbox = new Outbox(System::nanoTime, () -> {});

  /** A connection that takes as many parts as a test lets it, and flushes what it likes. */
  private static final class Connection extends ServletOutputStream {

    /** As servers have it. */
    private int bufferSize = 8 * 1024;

    private int buffered;

    private final List<String> sent = new ArrayList<>();
    private @Nullable WriteListener listener;
    private int room;
    private boolean callsBackAtOnce;
    private boolean isBroken;

    @Override
    public boolean isReady() {
      if (room > 0) {
        return true;
      }
      if (callsBackAtOnce) {
        callsBackAtOnce = false;
        takes(1);
      }
      return false;
    }

    @Override
    public void setWriteListener(WriteListener added) {
      listener = added;
    }

    /** Takes more, of which the server tells as it has promised. */
    void takes(int parts) {
      room += parts;
      try {
        if (listener != null) {
          listener.onWritePossible();
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void write(byte[] part) throws IOException {
      if (isBroken) {
        throw new IOException("the client has gone");
      }
      assertThat(room).as("room of the connection").isPositive();
      room--;
      buffered += part.length;
      if (buffered >= bufferSize) {
        buffered = 0;
      }
      sent.add(new String(part, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int one) {
      throw new UnsupportedOperationException("parts are written as a whole");
    }

    @Override
    public void flush() {
      assertThat(buffered).as("bytes that were not on their way when they were written").isZero();
      sent.add("flush");
    }
  }

  private <T> T answering(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void open() throws IOException, ServletException {
    var response =
        answering(
            HttpServletResponse.class,
            (proxy, method, arguments) -> {
              if (method.getName().equals("getOutputStream")) {
                return connection;
              }
              if (method.getName().equals("setBufferSize")) {
                connection.bufferSize = (int) arguments[0];
                return null;
              }
              headers.put(String.valueOf(arguments[0]), arguments[arguments.length - 1]);
              return null;
            });
    var exchange =
        answering(
            AsyncContext.class,
            (proxy, method, arguments) -> method.getName().equals("getResponse") ? response : null);
    Map<Object, Object> attributes = new HashMap<>();
    var request =
        answering(
            HttpServletRequest.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "getRequestURI" -> "/runs/stream";
                  case "getContextPath" -> "";
                  case "isAsyncStarted" -> true;
                  default -> exchange;
                });
    var answer =
        answering(
            AsyncResponse.class,
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("resume");
              resumed.incrementAndGet();
              return true;
            });
    gate.doFilter(
        request,
        response,
        (passed, answered) -> {
          onTheWay.run();
          EventStream.open(request, outbox, answer, senders);
        });
  }

  private void add(String... parts) {
    for (String part : parts) {
      outbox.add(part.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void itTellsWhatItIsAndThatNobodyMayKeepIt() throws Exception {
    open();
    assertThat(headers)
        .containsKey("text/event-stream")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("X-Accel-Buffering", "no");
  }

  @Test
  void whatIsAddedIsSentAsSoonAsTheConnectionTakesIt() throws Exception {
    add("a");
    open();
    add("b");
    assertThat(connection.sent).isEmpty();

    connection.takes(3);
    assertThat(connection.sent).containsExactly("a", "b", "flush");
    add("c");
    assertThat(connection.sent).endsWith("c");
    add("d");
    assertThat(connection.sent).doesNotContain("d");
    connection.takes(5);
    assertThat(connection.sent).endsWith("d", "flush");
  }

  @Test
  void whoAddsDoesNotSend() throws Exception {
    senders = handedOver::add;
    open();
    connection.takes(9);
    add("a");
    assertThat(connection.sent).isEmpty();
    handedOver.forEach(Runnable::run);
    assertThat(connection.sent).containsExactly("a", "flush");
  }

  @Test
  void aServerThatCallsBackWhileItIsAskedIsHeard() throws Exception {
    open();
    connection.takes(1);
    connection.callsBackAtOnce = true;
    add("a");
    assertThat(connection.callsBackAtOnce).isFalse();
    add("b");
    assertThat(connection.sent).containsExactly("a", "flush", "b");
  }

  @Test
  void itEndsOnceWithItsOutbox() throws Exception {
    open();
    connection.takes(9);
    add("a");
    outbox.close();
    outbox.close();
    add("b");
    assertThat(resumed).hasValue(1);
    assertThat(connection.sent).containsExactly("a", "flush");
  }

  @Test
  void aClientThatHasGoneIsTheEndOfIt() throws Exception {
    open();
    connection.takes(9);
    connection.isBroken = true;
    add("a");
    assertThat(outbox.isClosed()).isTrue();
    assertThat(resumed).hasValue(1);
  }

  @Test
  void itEndsWhenTheGateCloses() throws Exception {
    open();
    assertThat(gate.drain(0)).isTrue();
    assertThat(outbox.isClosed()).isTrue();
    assertThat(resumed).hasValue(1);
  }

  @Test
  void itEndsAtOnceIfTheGateIsClosedAlready() throws Exception {
    onTheWay = () -> gate.drain(0);
    open();
    assertThat(resumed).hasValue(1);
  }
}
