package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargeBodiesTest {

  private static final int MEBIBYTE = 1024 * 1024;

  private final LargeBodies filter = new LargeBodies(Duration.ofMillis(10));

  /** Passes a request of this size; gives its status, 200 if it passed. */
  private int pass(long bytes, FilterChain chain) throws Exception {
    return pass(bytes, null, chain);
  }

  private int pass(long bytes, @Nullable String transferEncoding, FilterChain chain)
      throws Exception {
    var status = new AtomicInteger(200);
    var request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getContentLengthLong" -> bytes;
                      case "getHeader" -> transferEncoding;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    var response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("sendError")) {
                    status.set((int) arguments[0]);
                  }
                  return null;
                });
    filter.doFilter(request, response, chain);
    return status.get();
  }

  /** Requests that are in the middle of their work, until they are let go. */
  private final class Busy implements AutoCloseable {

    private final CountDownLatch leave = new CountDownLatch(1);
    private final List<FutureTask<Integer>> requests = new ArrayList<>();

    Busy(int number, long bytes) throws InterruptedException {
      var inside = new CountDownLatch(number);
      for (int i = 0; i < number; i++) {
        var request =
            new FutureTask<>(
                () ->
                    pass(
                        bytes,
                        (question, answer) -> {
                          inside.countDown();
                          try {
                            leave.await();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                        }));
        requests.add(request);
        new Thread(request, "busy request").start();
      }
      inside.await();
    }

    @Override
    public void close() {
      leave.countDown();
      for (FutureTask<Integer> request : requests) {
        assertThat(request).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(200);
      }
    }
  }

  @Test
  void whileThereIsNoRoomALargeBodyIsRefusedAndASmallOneIsNot() throws Exception {
    try (var busy = new Busy(LargeBodies.ROOM, LargeBodies.SMALL + 1)) {
      assertThat(pass(LargeBodies.SMALL + 1, (question, answer) -> {})).isEqualTo(503);
      assertThat(pass(LargeBodies.SMALL, (question, answer) -> {})).isEqualTo(200);
      assertThat(pass(-1, (question, answer) -> {})).as("no body").isEqualTo(200);
      assertThat(busy.requests).hasSize(LargeBodies.ROOM);
    }
    assertThat(pass(LargeBodies.SMALL + 1, (question, answer) -> {})).isEqualTo(200);
  }

  @Test
  void aBodyOfMoreThanAShareTakesTheRoomOfTwo() throws Exception {
    try (var busy = new Busy(1, 2 * MEBIBYTE)) {
      assertThat(pass(2 * MEBIBYTE, (question, answer) -> {})).isEqualTo(200);
      assertThat(pass(2 * MEBIBYTE + 1, (question, answer) -> {})).isEqualTo(503);
      assertThat(busy.requests).hasSize(1);
    }
    try (var busy = new Busy(1, 2 * MEBIBYTE + 1)) {
      assertThat(pass(MEBIBYTE, (question, answer) -> {})).isEqualTo(503);
      assertThat(busy.requests).hasSize(1);
    }
  }

  @Test
  void theLargestBodyPassesAlone() throws Exception {
    assertThat(pass(100L * MEBIBYTE, (question, answer) -> {})).isEqualTo(200);
    try (var busy = new Busy(1, MEBIBYTE)) {
      assertThat(pass(100L * MEBIBYTE, (question, answer) -> {})).isEqualTo(503);
      assertThat(busy.requests).hasSize(1);
    }
  }

  @Test
  void aBodyOfUnknownSizeTakesHalfOfTheRoom() throws Exception {
    try (var busy = new Busy(2, MEBIBYTE)) {
      assertThat(pass(-1, "chunked", (question, answer) -> {})).isEqualTo(503);
      assertThat(busy.requests).hasSize(2);
    }
    try (var busy = new Busy(1, MEBIBYTE)) {
      assertThat(pass(-1, "chunked", (question, answer) -> {})).isEqualTo(200);
      assertThat(busy.requests).hasSize(1);
    }
  }

  @Test
  void aRequestThatFailsGivesItsRoomBack() throws Exception {
    for (int i = 0; i < 2 * LargeBodies.ROOM; i++) {
      try {
        pass(
            MEBIBYTE,
            (question, answer) -> {
              throw new IllegalStateException("on purpose");
            });
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("on purpose");
      }
    }
    assertThat(pass(MEBIBYTE, (question, answer) -> {})).isEqualTo(200);
  }
}
