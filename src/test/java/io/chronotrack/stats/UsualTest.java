package io.chronotrack.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualTest {

  private static final Usual MINUTE = Usual.ofSorted(new long[] {50, 55, 60, 65, 95});

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Usual.ofSorted(new long[] {1, 2, 5, 9})).isEqualTo(new Usual(4, 3.5, 9));
    assertThat(MINUTE).isEqualTo(new Usual(5, 60, 95));
  }

  @Test
  void theNinetyFifthPercentileIsThatOfTheNearestRank() {
    long[] hundred = new long[100];
    for (int i = 0; i < 100; i++) {
      hundred[i] = i + 1L;
    }
    assertThat(Usual.ofSorted(hundred).p95Ms()).isEqualTo(95);
    assertThat(Usual.ofSorted(new long[] {7}).p95Ms()).isEqualTo(7);
  }

  @Test
  void aDurationIsToldAsAMultipleOfTheMedianToThreeDecimals() {
    assertThat(MINUTE.timesMedian(60)).isEqualTo(1);
    assertThat(MINUTE.timesMedian(100)).isEqualTo(1.667);
    assertThat(MINUTE.timesMedian(0)).isZero();
  }

  @Test
  void fourRunsTellNothingYet() {
    Usual four = Usual.ofSorted(new long[] {1, 1, 1, 1});
    assertThat(four.timesMedian(100)).isNull();
    assertThat(four.isSlow(100)).isFalse();
    assertThat(four.isOverdue(100)).isFalse();
    assertThat(Usual.UNKNOWN.timesMedian(1)).isNull();
  }

  @Test
  void slowIsMoreThanHalfOfTheMedianLongerAndLongerThanMostOthers() {
    assertThat(MINUTE.isSlow(90)).as("one of five takes longer").isFalse();
    assertThat(MINUTE.isSlow(95)).isFalse();
    assertThat(MINUTE.isSlow(96)).isTrue();
    Usual steady = Usual.ofSorted(new long[] {60, 60, 60, 60, 60});
    assertThat(steady.isSlow(89)).isFalse();
    assertThat(steady.isSlow(90)).isTrue();
  }

  @Test
  void overdueIsWhatTakesLongerThanMostOthers() {
    assertThat(MINUTE.isOverdue(95)).isFalse();
    assertThat(MINUTE.isOverdue(96)).isTrue();
  }

  @Test
  void nothingIsComparedWithRunsThatTakeNoTime() {
    Usual none = Usual.ofSorted(new long[] {0, 0, 0, 0, 0});
    assertThat(none.timesMedian(3)).isNull();
    assertThat(none.isSlow(3)).isFalse();
    assertThat(none.isOverdue(3)).isTrue();
  }
}
