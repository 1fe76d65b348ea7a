package io.chronotrack.http;

import java.util.Optional;

/**
 * What a text may be.
 *
 * @param maxLength longest text, in code points
 * @param lineBreaks whether it may have several lines (and tabs), and be blank
 */
public record TextRule(int maxLength, boolean lineBreaks) {

  /** One line that is not blank. */
  public static TextRule line(int maxLength) {
    return new TextRule(maxLength, false);
  }

  /** Any number of lines. */
  public static TextRule paragraphs(int maxLength) {
    return new TextRule(maxLength, true);
  }

  /** What is wrong with a text, as the end of a sentence that its name begins; empty if nothing. */
  Optional<String> complaintAbout(String text) {
    if (!Texts.isWellFormed(text)) {
      return Optional.of(Texts.MALFORMED);
    }
    if (text.chars().anyMatch(this::isForbidden)) {
      return Optional.of("must not contain control characters");
    }
    if (!lineBreaks && text.isBlank()) {
      return Optional.of("must not be blank");
    }
    if (text.codePointCount(0, text.length()) > maxLength) {
      return Optional.of("must not be longer than " + maxLength + " characters");
    }
    return Optional.empty();
  }

  private boolean isForbidden(int character) {
    boolean layout = character == '\n' || character == '\r' || character == '\t';
    return Character.isISOControl(character) && !(lineBreaks && layout);
  }
}
