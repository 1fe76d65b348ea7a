package io.chronotrack.http;

import static io.chronotrack.http.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @Test
  void idsGoFromOneToWhatEveryClientCanHoldExactly() {
    assertThat(Ids.parse("1")).isEqualTo(1);
    assertThat(Ids.parse("9007199254740991")).isEqualTo(9_007_199_254_740_991L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "1e3",
        " 1",
        "1\n",
        "abc",
        "0x10",
        "١",
        "9007199254740992",
        "9999999999999999",
        "99999999999999999999"
      })
  void whatIsNoIdIsRefused(String text) {
    assertViolations(() -> Ids.parse(text))
        .containsExactly("parameter id: must be a whole number from 1 to 9007199254740991");
  }
}
