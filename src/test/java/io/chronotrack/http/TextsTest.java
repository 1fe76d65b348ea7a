package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void aTextThatFitsIsKeptAsItIs() {
    String text = "line 1\nline 2\t\u001b[31mred\u001b[0m 😀";
    assertThat(Texts.keep(text, 100)).isEqualTo(text);
    assertThat(Texts.keep("", 100)).isEmpty();
    assertThat(Texts.keep("x".repeat(100), 100)).isEqualTo("x".repeat(100));
  }

  @Test
  void aTextThatIsTooLongIsCutAndMarkedAndFits() {
    String kept = Texts.keep("x".repeat(101), 100);
    assertThat(kept).isEqualTo("x".repeat(100 - 30) + "… [cut: 101 characters in all]");
    assertThat(kept).hasSize(100);
  }

  @Test
  void theCutNeverGoesThroughACharacter() {
    String kept = Texts.keep("😀".repeat(20_000), 16_384);
    assertThat(kept.codePointCount(0, kept.length())).isEqualTo(16_384);
    assertThat(Texts.isWellFormed(kept)).isTrue();
    assertThat(kept).startsWith("😀😀").endsWith("… [cut: 20000 characters in all]");
  }

  @Test
  void whatAStoreCannotKeepIsReplaced() {
    assertThat(Texts.keep("a\0b\ud83dc\ude00", 100)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
  }

  @Test
  void whatIsKeptSurvivesTheWayThroughUtf8() {
    String kept = Texts.keep("\ud83d".repeat(300) + "\0", 200);
    assertThat(new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(kept);
  }

  @Test
  void onlyLoneSurrogatesAreMalformed() {
    assertThat(Texts.isWellFormed("😀")).isTrue();
    assertThat(Texts.isWellFormed("\uFFFD\uFFFF\uE000")).isTrue();
    assertThat(Texts.isWellFormed("x\ud83d")).isFalse();
    assertThat(Texts.isWellFormed("\ude00x")).isFalse();
  }
}
