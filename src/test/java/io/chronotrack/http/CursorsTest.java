package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.page.Position;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

  private static final Position POSITION = new Position(1_769_851_800_123L, 42);

  @Test
  void aCursorLeadsBackToItsPosition() {
    assertThat(Cursors.decode(Cursors.encode(POSITION, "jobs{}"), "jobs{}")).contains(POSITION);
    var extreme = new Position(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(Cursors.decode(Cursors.encode(extreme, ""), "")).contains(extreme);
  }

  @Test
  void aCursorIsSafeInAUrl() {
    for (long id = 0; id < 1_000; id++) {
      assertThat(Cursors.encode(new Position(id * 7_919, id), "jobs{}" + id))
          .matches("[A-Za-z0-9_-]+");
    }
  }

  @Test
  void aCursorOfAnotherListIsNone() {
    assertThat(Cursors.decode(Cursors.encode(POSITION, "jobs{}"), "runs{}")).isEmpty();
    assertThat(Cursors.decode(Cursors.encode(POSITION, "jobs{}"), "jobs{type=[etl]}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "abc", "====", "not a cursor", "ä", "AAAA", "\0"})
  void otherTextIsNoCursor(String text) {
    assertThat(Cursors.decode(text, "jobs{}")).isEmpty();
  }

  @Test
  void aCursorOfAnotherFormOrLengthIsNone() {
    byte[] bytes = Base64.getUrlDecoder().decode(Cursors.encode(POSITION, "jobs{}"));
    bytes[0] = 2;
    assertThat(Cursors.decode(Base64.getUrlEncoder().encodeToString(bytes), "jobs{}")).isEmpty();
    String whole = Cursors.encode(POSITION, "jobs{}");
    for (int length = 0; length < whole.length() - 1; length++) {
      assertThat(Cursors.decode(whole.substring(0, length), "jobs{}")).isEmpty();
    }
    assertThat(Cursors.decode(whole + "AAAA", "jobs{}")).isEmpty();
  }
}
