package io.chronotrack.filter;

import java.util.List;

/** A filter expression, taken apart. */
public sealed interface Filter {

  /** Fits where every part fits. */
  record And(List<Filter> parts) implements Filter {}

  /** Fits where one of the parts fits. */
  record Or(List<Filter> parts) implements Filter {}

  /** Fits where its part does not. */
  record Not(Filter part) implements Filter {}

  /**
   * A field that is compared with a value.
   *
   * @param field the names that lead to the field: what dots separate
   * @param operator how they are compared
   * @param value the value, without its quotes
   * @param isQuoted whether the value had quotes
   * @param at where the field is
   * @param operatorAt where the operator is
   * @param valueAt where the value is
   */
  record Restriction(
      List<String> field,
      Operator operator,
      String value,
      boolean isQuoted,
      int at,
      int operatorAt,
      int valueAt)
      implements Filter {

    /** The field as it is written. */
    public String name() {
      return String.join(".", field);
    }
  }

  /** How a field is compared with a value. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    /** The field has the value: in its text, or at all if the value is a bare star. */
    HAS(":");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
      return symbol;
    }
  }
}
