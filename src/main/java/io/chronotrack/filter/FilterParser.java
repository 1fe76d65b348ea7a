package io.chronotrack.filter;

import io.chronotrack.filter.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes filter expressions apart, by the grammar of AIP-160 ("Filtering"). As there, {@code OR}
 * binds tighter than {@code AND}; factors that only blanks separate are read as with {@code AND}
 * between them. Not taken over are functions, and values without a field.
 *
 * <p>Made for one expression; not thread-safe.
 */
public final class FilterParser {

  /** Longest expression, in UTF-16 units: room for some fifty restrictions. */
  public static final int MAX_LENGTH = 2_000;

  /** Most parentheses and negations around a restriction. */
  public static final int MAX_DEPTH = 10;

  /** Most restrictions, each of which is looked at for each item. */
  public static final int MAX_RESTRICTIONS = 50;

  private final FilterText text;
  private int depth;
  private int restrictions;

  private FilterParser(String text) {
    this.text = new FilterText(text);
  }

  /**
   * The expression that a text is.
   *
   * @throws FilterRefused if it is none, or a too large one
   */
  public static Filter parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new FilterRefused(
          MAX_LENGTH, "the expression must not be longer than " + MAX_LENGTH + " characters");
    }
    return new FilterParser(text).whole();
  }

  private Filter whole() {
    Filter expression = expression();
    if (!text.isAtEnd()) {
      throw text.unexpected("there is a ) without its (");
    }
    return expression;
  }

  /** Sequences with AND between them. */
  private Filter expression() {
    return joined(this::sequence, () -> text.takeWord("AND"), Filter.And::new);
  }

  /** Factors that only blanks separate. */
  private Filter sequence() {
    return joined(
        this::factor,
        () -> !text.isAtEnd() && !text.isAt(')') && !text.isAtWord("AND"),
        Filter.And::new);
  }

  /** Terms with OR between them. */
  private Filter factor() {
    return joined(this::term, () -> text.takeWord("OR"), Filter.Or::new);
  }

  private static Filter joined(
      Supplier<Filter> part, Supplier<Boolean> goesOn, Function<List<Filter>, Filter> join) {
    List<Filter> parts = new ArrayList<>();
    do {
      parts.add(part.get());
    } while (goesOn.get());
    return parts.size() == 1 ? parts.get(0) : join.apply(List.copyOf(parts));
  }

  private Filter term() {
    if (text.takeWord("NOT") || text.take('-')) {
      return deeper(() -> new Filter.Not(term()));
    }
    if (text.take('(')) {
      return deeper(
          () -> {
            Filter inner = expression();
            if (!text.take(')')) {
              throw text.unexpected("a ) is missing");
            }
            return inner;
          });
    }
    return restriction();
  }

  private Filter deeper(Supplier<Filter> inner) {
    if (++depth > MAX_DEPTH) {
      throw text.unexpected(
          "parentheses and negations must not be nested deeper than " + MAX_DEPTH);
    }
    Filter filter = inner.get();
    depth--;
    return filter;
  }

  private Filter restriction() {
    if (++restrictions > MAX_RESTRICTIONS) {
      throw text.unexpected("there must not be more than " + MAX_RESTRICTIONS + " comparisons");
    }
    int at = text.position();
    List<String> field = text.field();
    int operatorAt = text.position();
    Operator operator = text.operator();
    int valueAt = text.position();
    boolean isQuoted = text.isAtQuote();
    return new Filter.Restriction(field, operator, text.value(), isQuoted, at, operatorAt, valueAt);
  }
}
