package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRuleTest {

  private static final TextRule LINE = TextRule.line(5);
  private static final TextRule PARAGRAPHS = TextRule.paragraphs(5);

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
}
