package io.chronotrack.filter;

import org.jspecify.annotations.Nullable;

/**
 * How texts are looked for in others: whatever the case of the letters a to z, and of no others, so
 * that every store finds the same.
 */
public final class TextSearch {

  private TextSearch() {}

  /** The text with A to Z in lower case, and nothing else changed. */
  public static String lower(String text) {
    var lower = new StringBuilder(text.length());
    text.chars()
        .map(letter -> letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter)
        .forEach(letter -> lower.append((char) letter));
    return lower.toString();
  }

  /** Whether a text is somewhere in another one. */
  public static boolean finds(String wanted, @Nullable String in) {
    return in != null && lower(in).contains(lower(wanted));
  }
}
