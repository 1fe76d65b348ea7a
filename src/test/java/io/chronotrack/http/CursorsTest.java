package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

  private static final Position POSITION = new Position(1_769_851_800_123L, 42);

  private static String encode(Position position, String filters) {
    return Cursors.encode(position, false, filters);
  }

  private static Optional<PageRequest> decode(String cursor, String filters) {
    return Cursors.decode(cursor, filters, 3);
  }

  @Test
  void aCursorLeadsBackToItsPosition() {
    assertThat(decode(encode(POSITION, "jobs{}"), "jobs{}")).contains(new PageRequest(3, POSITION));
    var extreme = new Position(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(decode(encode(extreme, ""), "")).contains(new PageRequest(3, extreme));
    assertThat(decode(Cursors.encode(POSITION, true, ""), ""))
        .contains(new PageRequest(3, POSITION, true));
  }

  @Test
  void aCursorIsSafeInAUrl() {
    for (long id = 0; id < 1_000; id++) {
      assertThat(encode(new Position(id * 7_919, id), "jobs{}" + id)).matches("[A-Za-z0-9_-]+");
    }
  }

  @Test
  void aCursorOfAnotherListIsNone() {
    assertThat(decode(encode(POSITION, "jobs{}"), "runs{}")).isEmpty();
    assertThat(decode(encode(POSITION, "jobs{}"), "jobs{type=[etl]}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "abc", "====", "not a cursor", "ä", "AAAA", "\0"})
  void otherTextIsNoCursor(String text) {
    assertThat(decode(text, "jobs{}")).isEmpty();
  }

  @Test
  void aCursorOfAnotherDirectionIsNone() {
    byte[] bytes = Base64.getUrlDecoder().decode(encode(POSITION, "jobs{}"));
    bytes[1 + Long.BYTES] = 2;
    assertThat(decode(Base64.getUrlEncoder().encodeToString(bytes), "jobs{}")).isEmpty();
  }

  @Test
  void aCursorOfAnotherFormOrLengthIsNone() {
    byte[] bytes = Base64.getUrlDecoder().decode(encode(POSITION, "jobs{}"));
    bytes[0] = 1;
    assertThat(decode(Base64.getUrlEncoder().encodeToString(bytes), "jobs{}")).isEmpty();
    String whole = encode(POSITION, "jobs{}");
    for (int length = 0; length < whole.length() - 1; length++) {
      assertThat(decode(whole.substring(0, length), "jobs{}")).isEmpty();
    }
    assertThat(decode(whole + "AAAA", "jobs{}")).isEmpty();
  }
}
