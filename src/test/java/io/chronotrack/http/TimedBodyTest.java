package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.chronotrack.problem.ErrorCode;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimedBodyTest {

  private static final int MAX_MILLIS = 1_000;
  private static final byte[] TEXT = "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8);

  /** Anything, as only differences count; near the end, so that it overflows on the way. */
  private long now = Long.MAX_VALUE - 5;

  private boolean closed;

  private TimedBody timed(ServletInputStream body) {
    return new TimedBody(body, MAX_MILLIS, () -> now, () -> closed = true);
  }

  /** Gives one byte at a time, and takes this long for it. */
  private Body dripping(long millis) {
    return new Body(
        new InputStream() {
          @Override
          public int read() {
            now += TimeUnit.MILLISECONDS.toNanos(millis);
            return ' ';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = (byte) read();
            return 1;
          }
        });
  }

  private static Body failing(IOException failure) {
    return new Body(
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw failure;
          }
        });
  }

  @Test
  void aBodyThatArrivesInTimeIsReadAsItIs() throws IOException {
    assertThat(timed(new Body(new ByteArrayInputStream(TEXT))).readAllBytes()).isEqualTo(TEXT);
    assertThat(timed(new Body(new ByteArrayInputStream(TEXT))).read()).isEqualTo('{');
    assertThat(closed).isFalse();
  }

  @Test
  void aBodyThatDripsIsCutWhenItsTimeIsOver() {
    var body = dripping(100);
    assertThatExceptionOfType(BodyTooSlow.class)
        .isThrownBy(() -> timed(body).readAllBytes())
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_TIMEOUT))
        .withMessageContaining("1000 ms");
    assertThat(body.reads).isEqualTo(11);
    assertThat(closed).isTrue();
  }

  @Test
  void aBodyThatIsReadByteByByteIsCutToo() {
    var body = dripping(600);
    TimedBody timed = timed(body);
    assertThatExceptionOfType(BodyTooSlow.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                assertThat(timed.read()).isEqualTo(' ');
              }
            });
    assertThat(body.reads).isEqualTo(2);
  }

  @Test
  void theTimeBeginsWithTheFirstRead() throws IOException {
    TimedBody timed = timed(new Body(new ByteArrayInputStream(TEXT)));
    now += TimeUnit.MILLISECONDS.toNanos(10 * MAX_MILLIS);
    assertThat(timed.readAllBytes()).isEqualTo(TEXT);
  }

  @Test
  void exactlyAsLongAsAllowedIsInTime() throws IOException {
    assertThat(timed(dripping(MAX_MILLIS)).read()).isEqualTo(' ');
  }

  @Test
  void whenTheServerWaitedInVainTheBodyIsTooSlow() {
    for (IOException failure :
        new IOException[] {
          new IOException(new TimeoutException()), new SocketTimeoutException("Read timed out")
        }) {
      closed = false;
      assertThatExceptionOfType(BodyTooSlow.class).isThrownBy(() -> timed(failing(failure)).read());
      assertThat(closed).isTrue();
    }
  }

  @Test
  void aClientThatHungUpWasNotSlow() {
    assertThatIOException().isThrownBy(() -> timed(failing(new IOException("closed"))).read());
    assertThat(closed).isFalse();
  }

  /** What a server gives as the body of a request. */
  private static final class Body extends ServletInputStream {

    private final InputStream bytes;
    private int reads;

    Body(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
      reads++;
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      reads++;
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
