package io.chronotrack.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a text may be.
 *
 * @param maxLength longest text, in code points
 * @param form what it may consist of
 */
public record TextRule(int maxLength, Form form) {

  /** As long as a label of a host name (RFC 1035, section 2.3.4), so that a key can be one. */
  private static final int KEY_LENGTH = 63;

  private static final Pattern KEY = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

  /** What a text consists of. */
  public enum Form {
    /** One line that is not blank. */
    LINE,
    /** Any number of lines, with tabs; may be blank. */
    PARAGRAPHS,
    /** Lower-case letters, digits and hyphens: safe in a path, a header and a sentence. */
    KEY
  }

  /** One line that is not blank. */
  public static TextRule line(int maxLength) {
    return new TextRule(maxLength, Form.LINE);
  }

  /** Any number of lines. */
  public static TextRule paragraphs(int maxLength) {
    return new TextRule(maxLength, Form.PARAGRAPHS);
  }

  /** A short name for programs, such as {@code billing-eu}. */
  public static TextRule key() {
    return new TextRule(KEY_LENGTH, Form.KEY);
  }

  /** Whether a text is as it should be. */
  public boolean accepts(String text) {
    return complaintAbout(text).isEmpty();
  }

  /** What is wrong with a text, as the end of a sentence that its name begins; empty if nothing. */
  Optional<String> complaintAbout(String text) {
    if (!Texts.isWellFormed(text)) {
      return Optional.of(Texts.MALFORMED);
    }
    if (text.chars().anyMatch(this::isForbidden)) {
      return Optional.of("must not contain control characters");
    }
    if (form != Form.PARAGRAPHS && text.isBlank()) {
      return Optional.of("must not be blank");
    }
    if (text.codePointCount(0, text.length()) > maxLength) {
      return Optional.of("must not be longer than " + maxLength + " characters");
    }
    if (form == Form.KEY && !KEY.matcher(text).matches()) {
      return Optional.of(
          "must have only lower-case letters (a-z), digits and hyphens, begin with a letter and not"
              + " end with a hyphen");
    }
    return Optional.empty();
  }

  private boolean isForbidden(int character) {
    boolean layout = character == '\n' || character == '\r' || character == '\t';
    return Character.isISOControl(character) && !(form == Form.PARAGRAPHS && layout);
  }
}
