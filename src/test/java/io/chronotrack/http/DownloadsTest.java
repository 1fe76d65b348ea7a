package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.problem.ErrorCode;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DownloadsTest {

  private final Downloads downloads = new Downloads(2);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);

  @AfterEach
  void close() {
    mayGoOn.countDown();
    downloads.close();
  }

  /** What the client gets of a download with this content. */
  private CompletableFuture<String> send(Download.Content content) {
    return send("GET", content);
  }

  private CompletableFuture<String> send(String method, Download.Content content) {
    var received = new CompletableFuture<String>();
    var answer = new ServletAnswer();
    downloads.send(
        List.of(new Download("text/plain", "a.txt", content)),
        new DownloadRequest(
            answering(
                HttpHeaders.class, "getAcceptableMediaTypes", List.of(MediaType.WILDCARD_TYPE)),
            answer.request(method),
            answer.response()),
        client(received));
    return received;
  }

  private static <T> T answering(Class<T> type, String name, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            DownloadsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo(name);
              return answer;
            }));
  }

  /** Writes an answer that it is resumed with, on the thread that resumes it, as servers do. */
  private static AsyncResponse client(CompletableFuture<String> received) {
    return (AsyncResponse)
        Proxy.newProxyInstance(
            DownloadsTest.class.getClassLoader(),
            new Class<?>[] {AsyncResponse.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("resume");
              received.complete(bodyOf((Response) arguments[0]));
              return true;
            });
  }

  private static String bodyOf(Response response) throws IOException {
    var out = new ByteArrayOutputStream();
    ((StreamingOutput) response.getEntity()).write(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private CompletableFuture<String> sendSlowly() {
    return send(
        out -> {
          out.write('a');
          try {
            mayGoOn.await();
          } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
          }
          out.write('b');
        });
  }

  @Test
  void theOneTooManyIsRefusedUntilAnotherHasEnded() throws Exception {
    CompletableFuture<String> first = sendSlowly();
    CompletableFuture<String> second = sendSlowly();
    assertThatExceptionOfType(TooManyDownloads.class)
        .isThrownBy(() -> send(out -> out.write('c')))
        .returns(ErrorCode.UNAVAILABLE, TooManyDownloads::code)
        .satisfies(refusal -> assertThat(refusal.retryAfterSeconds()).isPresent());

    mayGoOn.countDown();
    assertThat(first.get()).isEqualTo("ab");
    assertThat(second.get()).isEqualTo("ab");
    assertThat(sendWhenThereIsRoom().get()).isEqualTo("c");
  }

  /** A thread that has done its work needs a moment until it can take more. */
  private CompletableFuture<String> sendWhenThereIsRoom() {
    while (true) {
      try {
        return send(out -> out.write('c'));
      } catch (TooManyDownloads e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whoWantsTheHeadersAloneHasNothingMadeAndNoThread() throws Exception {
    var busy = List.of(sendSlowly(), sendSlowly());
    CompletableFuture<String> headers =
        send(
            "HEAD",
            out -> {
              throw new AssertionError("made for nobody");
            });
    assertThat(headers).isCompleted();
    assertThat(busy).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void theEndOfTheServiceBreaksOffWhatIsRunningAndRefusesMore() throws Exception {
    CompletableFuture<String> running = sendSlowly();
    downloads.close();
    assertThat(running.get()).isEmpty();
    assertThatExceptionOfType(TooManyDownloads.class).isThrownBy(() -> send(out -> out.write('c')));
  }
}
