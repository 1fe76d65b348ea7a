package io.chronotrack.filter;

import io.chronotrack.filter.Filter.Operator;
import java.util.ArrayList;
import java.util.List;

/** The text of a filter expression, read from its beginning; blanks between words do not count. */
final class FilterText {

  /** Characters that end a name; blanks and quotes do as well. */
  private static final String SIGNS = "()<>=!:,.";

  /** Longer ones first, since some begin with another one. */
  private static final List<Operator> OPERATORS =
      List.of(
          Operator.LESS_OR_EQUAL,
          Operator.GREATER_OR_EQUAL,
          Operator.NOT_EQUAL,
          Operator.LESS,
          Operator.GREATER,
          Operator.EQUAL,
          Operator.HAS);

  private final String text;
  private int at;

  FilterText(String text) {
    this.text = text;
    skipBlanks();
  }

  /** Where the next word or sign is. */
  int position() {
    return at;
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  boolean isAt(char sign) {
    return at < text.length() && text.charAt(at) == sign;
  }

  boolean isAtQuote() {
    return isAt('"') || isAt('\'');
  }

  /** Whether this very word is next. */
  boolean isAtWord(String word) {
    int end = at + word.length();
    return text.startsWith(word, at)
        && (end == text.length()
            || Character.isWhitespace(text.charAt(end))
            || text.charAt(end) == '(');
  }

  boolean takeWord(String word) {
    if (!isAtWord(word)) {
      return false;
    }
    skip(word.length());
    return true;
  }

  boolean take(char sign) {
    if (!isAt(sign)) {
      return false;
    }
    skip(1);
    return true;
  }

  /** Names with dots between them, each of which may have quotes. */
  List<String> field() {
    List<String> names = new ArrayList<>();
    do {
      names.add(isAtQuote() ? quoted() : name());
    } while (take('.'));
    return List.copyOf(names);
  }

  private String name() {
    int from = at;
    while (at < text.length() && !isBlankOrQuote() && SIGNS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == from) {
      throw unexpected("the name of a field is expected");
    }
    String name = text.substring(from, at);
    skipBlanks();
    return name;
  }

  Operator operator() {
    for (Operator operator : OPERATORS) {
      if (text.startsWith(operator.symbol(), at)) {
        skip(operator.symbol().length());
        return operator;
      }
    }
    throw unexpected("one of the operators = != < <= > >= : is expected");
  }

  /** In quotes, or up to the next blank or parenthesis. */
  String value() {
    if (isAtQuote()) {
      return quoted();
    }
    int from = at;
    while (at < text.length() && !isBlankOrQuote() && !isAt('(') && !isAt(')')) {
      at++;
    }
    if (at == from) {
      throw unexpected("a value is expected");
    }
    String value = text.substring(from, at);
    skipBlanks();
    return value;
  }

  private String quoted() {
    int from = at;
    char quote = text.charAt(at++);
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\') {
        at++;
        if (isAtEnd()) {
          break;
        }
      }
      value.append(text.charAt(at++));
    }
    if (isAtEnd()) {
      throw new FilterRefused(from, "the text has no quote at its end");
    }
    skip(1);
    return value.toString();
  }

  /** What to throw when something else should be next. */
  FilterRefused unexpected(String detail) {
    return new FilterRefused(at, detail);
  }

  private boolean isBlankOrQuote() {
    return Character.isWhitespace(text.charAt(at)) || isAtQuote();
  }

  private void skip(int length) {
    at += length;
    skipBlanks();
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
