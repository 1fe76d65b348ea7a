package io.chronotrack.http;

import static io.chronotrack.http.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

  private static @Nullable String key(String... values) {
    return IdempotencyKey.of(RequestSample.withHeader("Idempotency-Key", values));
  }

  @Test
  void aRequestNeedNotHaveOne() {
    assertThat(IdempotencyKey.of(RequestSample.get("jobs"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          8e03978e-40d5-43dd-bc93-6894a57f9324   | 8e03978e-40d5-43dd-bc93-6894a57f9324
          "8e03978e-40d5-43dd-bc93-6894a57f9324" | 8e03978e-40d5-43dd-bc93-6894a57f9324
          ` a `                                  | a
          ` "a" `                                | a
          a,b;c=d                                | a,b;c=d
          "a,b;c=d"                              | a,b;c=d
          a"b                                    | a"b
          "a\\"b"                                | a"b
          a\\b                                   | a\\b
          "a\\\\b"                               | a\\b
          '~!'                                   | '~!'
          """)
  void aValueIsTheSameKeyWithAndWithoutQuotes(String value, String expected) {
    assertThat(key(value)).isEqualTo(expected);
  }

  @Test
  void aKeyHasUpTo255CharactersBesideItsQuotes() {
    String longest = "k".repeat(255);
    assertThat(key(longest)).isEqualTo(longest);
    assertThat(key('"' + longest + '"')).isEqualTo(longest);
    assertRefused(longest + "k");
    assertRefused('"' + longest + "k\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"\"",
        "\"",
        "\"a",
        "\"a\"b",
        "\"a\";p=1",
        "\"a\", \"b\"",
        "\"a\\\"",
        "\"a\\b\"",
        "\"a\"b\"",
        "a b",
        "\"a b\"",
        "a\tb",
        "k\u00e9y",
        "\"k\u00e9y\"",
        "a\u007f"
      })
  void whatIsNoKeyIsRefused(String value) {
    assertRefused(value);
  }

  @Test
  void severalKeysAreRefused() {
    assertRefused("a", "b");
    assertRefused("a", "a");
  }

  private static void assertRefused(String... values) {
    assertViolations(() -> key(values))
        .containsExactly(
            "header Idempotency-Key: must be one value of 1 to 255 visible ASCII characters, with"
                + " or without quotes");
  }
}
