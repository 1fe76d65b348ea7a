package io.chronotrack.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VarintsTest {

  private final GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void aNumberIsReadAsItWasWritten(long value) {
    Varints.write(out, value);
    Varints.writeSigned(out, value);
    ByteBuffer in = ByteBuffer.wrap(out.trimmedCopy());
    assertThat(Varints.read(in)).isEqualTo(value);
    assertThat(Varints.readSigned(in)).isEqualTo(value);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, -64})
  void aSmallNumberIsOneByteWhateverItsSign(long value) {
    Varints.writeSigned(out, value);
    assertThat(out.numWrittenBytes()).isEqualTo(1);
  }
}
