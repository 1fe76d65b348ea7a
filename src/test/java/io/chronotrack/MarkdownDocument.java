package io.chronotrack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the project, as far as tests need to understand it.
 *
 * @param path from the project's root folder
 * @param text without its blocks of code
 */
public record MarkdownDocument(Path path, String text) {

  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  public static MarkdownDocument read(String path) {
    return read(Path.of(path));
  }

  static MarkdownDocument read(Path path) {
    try {
      return new MarkdownDocument(
          path, CODE_BLOCK.matcher(Files.readString(path)).replaceAll("").stripTrailing());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the links of this document lead to. */
  List<String> links() {
    return matches(LINK, text).toList();
  }

  /** What may follow {@code #} in a link to this document, in the form that Git hosts give it. */
  List<String> anchors() {
    return matches(HEADING, text)
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .map(heading -> heading.strip().replace(' ', '-'))
        .toList();
  }

  /** The rows of the first table below a heading, each with its cells, the table's head first. */
  public List<List<String>> table(String heading) {
    String section = text.split("(?m)^#+ +" + Pattern.quote(heading) + "$", 2)[1];
    return section
        .lines()
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> !line.matches("[|: -]+"))
        .map(MarkdownDocument::cells)
        .toList();
  }

  /** The texts that a cell shows as code. */
  public static List<String> codeIn(String cell) {
    return matches(CODE_SPAN, cell).toList();
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static Stream<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }
}
