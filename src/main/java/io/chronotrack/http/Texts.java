package io.chronotrack.http;

/** What Unicode and the stores ask of a text. */
final class Texts {

  static final String MALFORMED = "must not contain half of a surrogate pair";

  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** Whether the text can be written as UTF-8 without loss: it has no lone surrogate. */
  static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }

  /**
   * The text as it can be stored: NUL and lone surrogates, which databases refuse, are replaced,
   * and one that is too long is cut at the end of a character and marked.
   *
   * @param maxLength longest result, in code points, with the mark
   */
  static String keep(String text, int maxLength) {
    var storable = new StringBuilder(text.length());
    text.codePoints()
        .map(
            point ->
                point == 0 || Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
        .forEach(storable::appendCodePoint);
    int length = storable.codePointCount(0, storable.length());
    if (length <= maxLength) {
      return storable.toString();
    }
    String mark = "… [cut: " + length + " characters in all]";
    int kept = Math.max(0, maxLength - mark.length());
    return storable.substring(0, storable.offsetByCodePoints(0, kept)) + mark;
  }
}
