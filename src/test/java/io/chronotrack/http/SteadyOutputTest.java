package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadyOutputTest {

  private static final byte[] PIECE = new byte[SteadyOutput.STRETCH / 4];

  /** Near the end, so that it overflows on the way. */
  private long now = Long.MAX_VALUE - 5;

  private boolean stopping;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  /** A client that takes so long for each piece. */
  private SteadyOutput taking(long seconds) {
    var client =
        new OutputStream() {
          @Override
          public void write(int single) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            now += TimeUnit.SECONDS.toNanos(seconds);
            received.write(bytes, offset, length);
          }
        };
    return new SteadyOutput(client, () -> now, () -> stopping);
  }

  @Test
  void whoTakesEnoughInTimeGetsAllHoweverLongThatTakes() throws IOException {
    SteadyOutput out = taking(9);
    for (int i = 0; i < 40; i++) {
      out.write(PIECE);
    }
    assertThat(received.size()).isEqualTo(40 * PIECE.length);
  }

  @Test
  void whoTakesTooLittleIsGivenUp() throws IOException {
    SteadyOutput out = taking(11);
    out.write(PIECE);
    out.write(PIECE);
    assertThatIOException()
        .isThrownBy(() -> out.write(PIECE))
        .withMessage("the client took 196608 bytes in 33000 ms");
  }

  @Test
  void aByteNowAndThenIsTooLittle() throws IOException {
    SteadyOutput out = taking(29);
    out.write('a');
    assertThatIOException().isThrownBy(() -> out.write('b'));
  }

  @Test
  void theTimeBetweenPiecesIsNotTheClients() throws IOException {
    SteadyOutput out = taking(0);
    out.write(PIECE);
    now += SteadyOutput.LONGEST_NANOS * 2;
    out.write(PIECE);
    assertThat(received.size()).isEqualTo(2 * PIECE.length);
  }

  @Test
  void nothingIsWrittenWhileTheServiceStops() throws IOException {
    SteadyOutput out = taking(0);
    out.write(PIECE);
    stopping = true;
    assertThatIOException().isThrownBy(() -> out.write(PIECE)).withMessage("the service stops");
    assertThat(received.size()).isEqualTo(PIECE.length);
  }
}
