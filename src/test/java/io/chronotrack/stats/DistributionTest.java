package io.chronotrack.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DistributionTest {

  private static final double[] QUANTILES = {0, 0.25, 0.5, 0.95, 0.99, 1};

  private static Distribution of(long... values) {
    var distribution = new Distribution();
    Arrays.stream(values).forEach(distribution::add);
    return distribution;
  }

  private static byte[] encoded(Distribution distribution) {
    var out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    distribution.encode(out);
    return out.trimmedCopy();
  }

  private static void assertSame(Distribution actual, Distribution expected) {
    assertThat(encoded(actual)).isEqualTo(encoded(expected));
  }

  @Test
  void withoutValuesThereIsNothingToTell() {
    Distribution none = of();
    assertThat(none.count()).isZero();
    assertThat(none.min()).isNull();
    assertThat(none.max()).isNull();
    assertThat(none.average()).isNull();
    assertThat(none.quantile(0.5)).isNull();
  }

  @Test
  void oneValueIsEveryFigureExactly() {
    for (long value : new long[] {0, 1, 1_047, Long.MAX_VALUE / 4}) {
      Distribution one = of(value);
      assertThat(one.count()).isEqualTo(1);
      assertThat(one.min()).isEqualTo(value);
      assertThat(one.max()).isEqualTo(value);
      assertThat(one.quantile(0.5)).isEqualTo(value);
      assertThat(one.quantile(0.99)).isEqualTo(value);
    }
    assertThat(of(3, 4).average()).isEqualTo(4);
    assertThat(of(0, 0, 1).average()).isZero();
  }

  @Test
  void quantilesAreWithinTheirErrorOfTheValuesThatAreThere() {
    var random = new Random(7);
    for (int count : new int[] {2, 3, 10, 1_000, 20_000}) {
      long[] values =
          random.longs(count, 0, 1L << 40).map(value -> value >> random.nextInt(40)).toArray();
      Distribution distribution = of(values);
      Arrays.sort(values);
      for (double quantile : QUANTILES) {
        long exact = values[(int) (quantile * (count - 1))];
        // Half a millisecond for being a whole number.
        assertThat(Objects.requireNonNull(distribution.quantile(quantile)).doubleValue())
            .as("%s of %s", quantile, count)
            .isCloseTo((double) exact, Offset.offset(exact * Distribution.RELATIVE_ACCURACY + 0.5));
      }
      assertThat(distribution.min()).isEqualTo(values[0]);
      assertThat(distribution.max()).isEqualTo(values[count - 1]);
    }
  }

  @Test
  void partsAddUpToTheWholeInWhateverOrder() {
    long[] values = new Random(11).longs(500, 0, 100_000).toArray();
    Distribution whole = of(values);
    Distribution first = of(Arrays.copyOfRange(values, 0, 100));
    Distribution second = of(Arrays.copyOfRange(values, 100, 500));
    Distribution third = of();
    third.add(second);
    third.add(first);
    third.add(of());
    assertSame(third, whole);
    assertSame(second, of(Arrays.copyOfRange(values, 100, 500)));
  }

  @Test
  void whatWasEncodedIsAddedAsIfItHadNotBeen() {
    Distribution first = of(0, 5, 5, 90_500);
    ByteBuffer in = ByteBuffer.wrap(encoded(first));
    Distribution read = of(7);
    read.addEncoded(in);
    assertThat(in.hasRemaining()).isFalse();
    assertSame(read, of(7, 0, 5, 5, 90_500));
    ByteBuffer none = ByteBuffer.wrap(encoded(of()));
    read.addEncoded(none);
    assertSame(read, of(7, 0, 5, 5, 90_500));
  }

  @Test
  void aSumThatIsTooLargeStaysTheLargestThereIs() {
    Distribution large = of(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
    assertThat(large.average()).isPositive();
  }

  @Test
  void fewValuesNeedFewBytes() {
    assertThat(encoded(of()).length).isEqualTo(1);
    assertThat(encoded(of(90_500)).length).isLessThan(24);
  }
}
