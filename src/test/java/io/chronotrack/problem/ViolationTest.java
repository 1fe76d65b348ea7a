package io.chronotrack.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViolationTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          name, /name
          a/b,  /a~1b
          m~n,  /m~0n
          ~1,   /~01
          /~,   /~1~0
          '',   /
          """)
  void aMemberIsNamedByItsJsonPointer(String member, String pointer) {
    assertThat(Violation.ofMember(member, "is wrong"))
        .isEqualTo(new Violation(Violation.Place.POINTER, pointer, "is wrong"));
  }

  @Test
  void parametersAndHeadersAreNamedAsTheyAre() {
    assertThat(Violation.ofParameter("a/b", "is wrong"))
        .isEqualTo(new Violation(Violation.Place.PARAMETER, "a/b", "is wrong"));
    assertThat(Violation.ofHeader("If-Match", "is wrong"))
        .isEqualTo(new Violation(Violation.Place.HEADER, "If-Match", "is wrong"));
  }
}
