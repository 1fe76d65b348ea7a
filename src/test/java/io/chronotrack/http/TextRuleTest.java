package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRuleTest {

  private static final TextRule LINE = TextRule.line(5);
  private static final TextRule PARAGRAPHS = TextRule.paragraphs(5);
  private static final TextRule KEY = TextRule.key();

  @ParameterizedTest
  @ValueSource(strings = {"a", "12345", "😀😀😀😀😀", "é e", " a ", "نَص"})
  void aLineOfAnyScriptIsTaken(String text) {
    assertThat(LINE.complaintAbout(text)).isEmpty();
    assertThat(PARAGRAPHS.complaintAbout(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   ", "\u2003\u3000"})
  void aLineMustNotBeBlank(String text) {
    assertThat(LINE.complaintAbout(text)).contains("must not be blank");
    assertThat(PARAGRAPHS.complaintAbout(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456", "😀😀😀😀😀😀"})
  void lengthIsCountedInCodePoints(String text) {
    assertThat(LINE.complaintAbout(text)).contains("must not be longer than 5 characters");
    assertThat(PARAGRAPHS.complaintAbout(text)).contains("must not be longer than 5 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\u001bb", "a\u007fb", "a\u0085b", "\u009f"})
  void controlCharactersAreRefusedEverywhere(String text) {
    assertThat(LINE.complaintAbout(text)).contains("must not contain control characters");
    assertThat(PARAGRAPHS.complaintAbout(text)).contains("must not contain control characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\nb", "\ta"})
  void lineBreaksAndTabsBelongIntoParagraphsOnly(String text) {
    assertThat(LINE.complaintAbout(text)).contains("must not contain control characters");
    assertThat(PARAGRAPHS.complaintAbout(text)).isEmpty();
  }

  @Test
  void halfOfASurrogatePairIsRefused() {
    for (String text : new String[] {"a\ud83d", "\ude00a", "\ude00\ud83d"}) {
      assertThat(LINE.complaintAbout(text)).contains("must not contain half of a surrogate pair");
      assertThat(PARAGRAPHS.complaintAbout(text))
          .contains("must not contain half of a surrogate pair");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "billing",
        "billing-eu-2",
        "a--b",
        "a0",
        "a12345678901234567890123456789012345678901234567890123456789012"
      })
  void aKeyIsOfLettersDigitsAndHyphens(String text) {
    assertThat(KEY.complaintAbout(text)).isEmpty();
    assertThat(KEY.accepts(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-", "-a", "a-", "1a", "A", "aB", "a_b", "a.b", "a b", " a", "a/b", "ä", "aé", "a😀", "a'",
        "a٣"
      })
  void whatElseAKeyHasIsRefused(String text) {
    assertThat(KEY.complaintAbout(text))
        .contains(
            "must have only lower-case letters (a-z), digits and hyphens, begin with a letter and"
                + " not end with a hyphen");
    assertThat(KEY.accepts(text)).isFalse();
  }

  @Test
  void aKeyFollowsTheRulesOfALineAsWell() {
    assertThat(KEY.complaintAbout("")).contains("must not be blank");
    assertThat(KEY.complaintAbout("a\n")).contains("must not contain control characters");
    assertThat(KEY.complaintAbout("a".repeat(64)))
        .contains("must not be longer than 63 characters");
    assertThat(KEY.accepts("a".repeat(1_000_000))).isFalse();
  }
}
