package io.chronotrack.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.filter.Filter.Restriction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParserTest {

  /** An expression with every parenthesis that its meaning has. */
  private static String shape(String expression) {
    return shape(FilterParser.parse(expression));
  }

  private static String shape(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream()
          .map(FilterParserTest::shape)
          .collect(Collectors.joining(" AND ", "(", ")"));
    } else if (filter instanceof Filter.Or or) {
      return or.parts().stream()
          .map(FilterParserTest::shape)
          .collect(Collectors.joining(" OR ", "(", ")"));
    } else if (filter instanceof Filter.Not not) {
      return "NOT " + shape(not.part());
    } else {
      var restriction = (Restriction) filter;
      return restriction.name() + restriction.operator().symbol() + restriction.value();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "a = 1, a=1",
        "a=1, a=1",
        "  a  =  1  , a=1",
        "a = 1 AND b = 2, (a=1 AND b=2)",
        "a = 1 OR b = 2, (a=1 OR b=2)",
        "a = 1 AND b = 2 OR c = 3, (a=1 AND (b=2 OR c=3))",
        "a = 1 OR b = 2 AND c = 3, ((a=1 OR b=2) AND c=3)",
        "(a = 1 AND b = 2) OR c = 3, ((a=1 AND b=2) OR c=3)",
        "a = 1 b = 2 OR c = 3, (a=1 AND (b=2 OR c=3))",
        "a = 1 b = 2 AND c = 3, ((a=1 AND b=2) AND c=3)",
        "NOT a = 1 AND b = 2, (NOT a=1 AND b=2)",
        "NOT (a = 1 OR b = 2), NOT (a=1 OR b=2)",
        "-a = 1, NOT a=1",
        "-(a = 1 b = 2), NOT (a=1 AND b=2)",
        "NOT NOT a = 1, NOT NOT a=1",
        "((a = 1)), a=1",
        "a != 1 AND b <= 2 AND c >= 3 AND d < 4 AND e > 5 AND f : g, (a!=1 AND b<=2 AND c>=3 AND"
            + " d<4 AND e>5 AND f:g)",
        "a:*, a:*",
        "a.b.c = x, a.b.c=x",
        "a.\"b c\".'d\"e' = x, a.b c.d\"e=x",
        "a = \"x y\", a=x y",
        "a = 'x \"y\"', a=x \"y\"",
        "a = \"x \\\"y\\\" \\\\\", a=x \"y\" \\",
        "a = -5, a=-5",
        "t > 2026-01-31T09:30:00.5+01:00, t>2026-01-31T09:30:00.5+01:00",
        "ORDER = AND, ORDER=AND",
        "(status = \"FAILED\" OR durationMs > 60000) AND job.type = \"etl\" AND NOT metadata.env ="
            + " \"test\", ((status=FAILED OR durationMs>60000) AND job.type=etl AND NOT"
            + " metadata.env=test)"
      })
  void anExpressionIsTakenApartAsTheGrammarSays(String expression, String shape) {
    assertThat(shape(expression)).isEqualTo(shape);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "||, 1, the name of a field",
        "|  |, 3, the name of a field",
        "a, 2, one of the operators",
        "a b, 3, one of the operators",
        "a =, 4, a value",
        "a = 1 AND, 10, the name of a field",
        "a = 1 OR, 9, the name of a field",
        "AND a = 1, 5, one of the operators",
        "(a = 1, 7, a ) is missing",
        "a = 1), 6, there is a ) without its (",
        "(), 2, the name of a field",
        "a = (b), 5, a value",
        "a = \"x, 5, the text has no quote at its end",
        "a = \"x\\, 5, the text has no quote at its end",
        "a. = 1, 4, the name of a field",
        ".a = 1, 1, the name of a field",
        "f(a) = 1, 2, one of the operators",
        "a == 1 AND b, 8, one of the operators",
        "a & b, 3, one of the operators"
      })
  void aRefusalTellsThePlaceAndWhatIsExpected(String expression, int place, String expected) {
    assertThatExceptionOfType(FilterRefused.class)
        .isThrownBy(() -> FilterParser.parse(expression))
        .withMessageStartingWith("at character " + place + ": ")
        .withMessageContaining(expected);
  }

  @Test
  void depthIsLimited() {
    String deep = "(".repeat(5) + "NOT ".repeat(5) + "a = 1" + ")".repeat(5);
    assertThat(shape(deep)).isEqualTo("NOT ".repeat(5) + "a=1");
    assertThatExceptionOfType(FilterRefused.class)
        .isThrownBy(() -> FilterParser.parse("(" + deep + ")"))
        .withMessageContaining("nested deeper than 10");
    assertThatExceptionOfType(FilterRefused.class)
        .isThrownBy(() -> FilterParser.parse("(".repeat(FilterParser.MAX_LENGTH)))
        .withMessageContaining("nested deeper than 10");
  }

  @Test
  void depthIsCountedForEachPartByItself() {
    String half = "NOT ".repeat(10) + "a = 1";
    assertThat(shape(half + " AND " + half)).startsWith("(NOT NOT");
  }

  @Test
  void lengthIsLimited() {
    String longest = "a = '" + "x".repeat(FilterParser.MAX_LENGTH - 6) + "'";
    assertThat(FilterParser.parse(longest)).isInstanceOf(Restriction.class);
    assertThatExceptionOfType(FilterRefused.class)
        .isThrownBy(() -> FilterParser.parse(longest + " "))
        .withMessageContaining("must not be longer than 2000 characters");
  }

  @Test
  void theNumberOfComparisonsIsLimited() {
    assertThat(FilterParser.parse("a=1 ".repeat(50))).isInstanceOf(Filter.And.class);
    assertThatExceptionOfType(FilterRefused.class)
        .isThrownBy(() -> FilterParser.parse("a=1 ".repeat(51)))
        .withMessage("at character 201: there must not be more than 50 comparisons");
  }
}
