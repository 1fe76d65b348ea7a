package io.chronotrack.run.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPositionTest {

  @Test
  void positionsAreInTheOrderOfNumberRunAndVersion() {
    assertThat(
            List.of(
                EventPosition.behind(1),
                new EventPosition(2, 1, 9),
                new EventPosition(2, 3, 1),
                new EventPosition(2, 3, 2),
                EventPosition.behind(2),
                new EventPosition(3, 1, 1)))
        .isSorted();
  }

  @Test
  void whatIsToldIsUnderstood() {
    for (EventPosition position :
        List.of(
            EventPosition.behind(0),
            EventPosition.behind(999_999_999_999_999_999L),
            new EventPosition(4_711, 7, 2))) {
      assertThat(EventPosition.parse(position.text())).contains(position);
    }
    assertThat(new EventPosition(4_711, 7, 2).text()).isEqualTo("4711-7-2");
    assertThat(EventPosition.behind(4_711).text()).isEqualTo("4711");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "x",
        "-1",
        "01",
        "1-2",
        "1-2-3-4",
        "1-0-1",
        "1-1-0",
        "9999999999999999999"
      })
  void nothingElseIsUnderstood(String text) {
    assertThat(EventPosition.parse(text)).isEmpty();
  }
}
