package io.chronotrack.http;

import static io.chronotrack.http.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.chronotrack.change.Change;
import jakarta.json.Json;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  private static final TextRule LINE = TextRule.line(5);

  private enum Colour {
    RED,
    BLUE
  }

  private static JsonBody body(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return new JsonBody(reader.readObject());
    }
  }

  @Test
  void whatIsNotMentionedIsNotGiven() {
    JsonBody body = body("{}");
    assertThat(body.text("a", LINE)).isEqualTo(Change.none());
    assertThat(body.nonNullText("b", LINE)).isEqualTo(Change.none());
    assertThat(body.report("c", 100)).isEqualTo(Change.none());
    assertThat(body.time("d")).isEqualTo(Change.none());
    assertThat(body.flag("e")).isEqualTo(Change.none());
    assertThat(body.choice("f", Colour.class)).isEqualTo(Change.none());
    assertThat(body.object("g", 100)).isEqualTo(Change.none());
    assertThat(body.word("h", Colour.class)).isEqualTo(Change.none());
    assertThat(body.ids("i", 3)).isEqualTo(Change.none());
    assertThatCode(body::verify).doesNotThrowAnyException();
  }

  @Test
  void everythingIsRead() {
    JsonBody body =
        body(
            """
            {"a": "text", "b": "name", "c": "boom", "d": "2026-01-31T10:30:00.1239+01:00",
             "e": true, "f": "BLUE", "g": {"x": [1]},
             "h": "blue", "i": [3, 1, 3], "j": "red", "k": 7}
            """);
    assertThat(body.text("a", LINE)).isEqualTo(Change.to("text"));
    assertThat(body.requiredText("b", LINE)).isEqualTo("name");
    assertThat(body.report("c", 100)).isEqualTo(Change.to("boom"));
    assertThat(body.time("d")).isEqualTo(Change.to(Instant.parse("2026-01-31T09:30:00.123Z")));
    assertThat(body.flag("e")).isEqualTo(Change.to(true));
    assertThat(body.choice("f", Colour.class)).isEqualTo(Change.to(Colour.BLUE));
    assertThat(body.object("g", 9)).hasToString("Change[given=true, value={\"x\":[1]}]");
    assertThat(body.word("h", Colour.class)).isEqualTo(Change.to(Colour.BLUE));
    assertThat(body.ids("i", 3)).isEqualTo(Change.to(Set.of(1L, 3L)));
    assertThat(body.requiredWord("j", Colour.class)).isEqualTo(Colour.RED);
    assertThat(body.requiredNumber("k", 7, 7)).isEqualTo(7);
    assertThatCode(body::verify).doesNotThrowAnyException();
  }

  @Test
  void whatIsWrongInsideIsToldByItsPlace() {
    JsonBody body = body("{\"a/b\":{\"c\":{\"d\":1,\"e\":1}},\"f\":1,\"g\":7}");
    JsonBody inner = body.requiredObject("a/b").requiredObject("c");
    inner.text("d", LINE);
    assertThat(inner.pointer()).isEqualTo("/a~1b/c");
    JsonBody none = body.requiredObject("f");
    // Of what is no object, nothing is missed.
    assertThat(none.requiredText("x", LINE)).isEmpty();
    assertThat(none.has("x")).isFalse();
    body.requiredObject("missing");
    assertViolations(body::verify)
        .containsExactly(
            "pointer /a~1b/c/d: must be a string",
            "pointer /f: must be an object",
            "pointer /missing: is required",
            "pointer /g: is not a member that can be set here",
            "pointer /a~1b/c/e: is not a member that can be set here");
  }

  @Test
  void theObjectsOfAnArrayAreVerifiedOneByOne() {
    JsonBody body = body("{\"a\":[{\"n\":1},7,{\"n\":\"x\"}]}");
    List<JsonBody> items = body.requiredObjects("a", 3);
    assertThatCode(body::verify).doesNotThrowAnyException();
    assertThat(items).hasSize(3);
    assertThat(items.get(0).requiredId("n")).isEqualTo(1);
    assertThatCode(items.get(0)::verify).doesNotThrowAnyException();
    assertViolations(items.get(1)::verifySoFar).containsExactly("pointer /a/1: must be an object");
    assertThat(items.get(2).requiredId("n")).isEqualTo(1);
    assertViolations(items.get(2)::verify)
        .containsExactly("pointer /a/2/n: must be a whole number from 1 to 9007199254740991");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "7", "[]", "[{},{},{}]"})
  void anArrayOfObjectsMustBeOneAndNotTooLong(String value) {
    JsonBody body = body("{\"a\":" + value + "}");
    assertThat(body.requiredObjects("a", 2)).isEmpty();
    assertViolations(body::verify)
        .containsExactly(
            "pointer /a: "
                + (value.equals("null")
                    ? "must not be null"
                    : "must be an array of 1 to 2 objects"));
  }

  @Test
  void nullClearsWhatCanBeNull() {
    JsonBody body = body("{\"a\":null,\"c\":null,\"d\":null,\"g\":null,\"h\":null,\"i\":null}");
    assertThat(body.text("a", LINE)).isEqualTo(Change.to(null));
    assertThat(body.report("c", 100)).isEqualTo(Change.to(null));
    assertThat(body.time("d")).isEqualTo(Change.to(null));
    assertThat(body.object("g", 100)).isEqualTo(Change.to(null));
    assertThat(body.word("h", Colour.class)).isEqualTo(Change.to(null));
    assertThat(body.ids("i", 3)).isEqualTo(Change.to(null));
    assertThatCode(body::verify).doesNotThrowAnyException();
  }

  @Test
  void nullIsRefusedWhereItCannotBe() {
    JsonBody body = body("{\"a\":null,\"b\":null,\"e\":null,\"f\":null,\"j\":null,\"k\":null}");
    assertThat(body.requiredText("a", LINE)).isEmpty();
    assertThat(body.nonNullText("b", LINE)).isEqualTo(Change.none());
    assertThat(body.flag("e")).isEqualTo(Change.none());
    assertThat(body.choice("f", Colour.class)).isEqualTo(Change.none());
    assertThat(body.requiredWord("j", Colour.class)).isEqualTo(Colour.RED);
    assertThat(body.requiredNumber("k", 7, 9)).isEqualTo(7);
    assertViolations(body::verify)
        .containsExactly(
            "pointer /a: must not be null",
            "pointer /b: must not be null",
            "pointer /e: must not be null",
            "pointer /f: must not be null",
            "pointer /j: must not be null",
            "pointer /k: must not be null");
  }

  @Test
  void aRequiredTextMustBeThere() {
    JsonBody body = body("{}");
    assertThat(body.requiredText("name", LINE)).isEmpty();
    assertViolations(body::verify).containsExactly("pointer /name: is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "[\"x\"]", "{}", "1e400"})
  void aTextMustBeAString(String value) {
    JsonBody body = body("{\"a\":" + value + ",\"b\":" + value + ",\"c\":" + value + "}");
    assertThat(body.text("a", LINE)).isEqualTo(Change.none());
    assertThat(body.requiredText("b", LINE)).isEmpty();
    assertThat(body.report("c", 100)).isEqualTo(Change.none());
    assertViolations(body::verify)
        .containsExactly(
            "pointer /a: must be a string",
            "pointer /b: must be a string",
            "pointer /c: must be a string");
  }

  @Test
  void aTextMustKeepItsRule() {
    JsonBody body = body("{\"a\":\"  \",\"b\":\"123456\"}");
    assertThat(body.text("a", LINE)).isEqualTo(Change.none());
    assertThat(body.requiredText("b", LINE)).isEmpty();
    assertViolations(body::verify)
        .containsExactly(
            "pointer /a: must not be blank", "pointer /b: must not be longer than 5 characters");
  }

  @Test
  void aReportIsCutAndMendedButNeverRefused() {
    JsonBody body = body("{\"a\":\"x\\u0000\\ud800y\"}");
    assertThat(body.report("a", 100)).isEqualTo(Change.to("x\uFFFD\uFFFDy"));
    assertThatCode(body::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"yesterday\"", "\"2026-01-31\"", "\"2026-02-30T00:00:00Z\"", "\"\""})
  void aTimeMustBeOne(String value) {
    JsonBody body = body("{\"at\":" + value + "}");
    assertThat(body.time("at")).isEqualTo(Change.none());
    assertViolations(body::verify)
        .containsExactly(
            "pointer /at: must be a time as of RFC 3339, such as 2026-01-31T09:30:00.000Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "true", "{}", "[]"})
  void aTimeThatIsNoStringIsToldOnce(String value) {
    JsonBody body = body("{\"at\":" + value + "}");
    assertThat(body.time("at")).isEqualTo(Change.none());
    assertViolations(body::verify).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "{}", "[true]"})
  void aFlagMustBeTrueOrFalse(String value) {
    JsonBody body = body("{\"archived\":" + value + "}");
    assertThat(body.flag("archived")).isEqualTo(Change.none());
    assertViolations(body::verify).containsExactly("pointer /archived: must be true or false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"GREEN\"", "\"red\"", "\"\"", "0", "[\"RED\"]"})
  void aChoiceMustBeOneOfTheConstants(String value) {
    JsonBody body = body("{\"colour\":" + value + "}");
    assertThat(body.choice("colour", Colour.class)).isEqualTo(Change.none());
    assertViolations(body::verify).containsExactly("pointer /colour: must be one of [RED, BLUE]");
  }

  @Test
  void aRequiredWordAndARequiredNumberMustBeThere() {
    JsonBody body = body("{}");
    assertThat(body.requiredWord("role", Colour.class)).isEqualTo(Colour.RED);
    assertThat(body.requiredNumber("seconds", 7, 9)).isEqualTo(7);
    assertViolations(body::verify)
        .containsExactly("pointer /role: is required", "pointer /seconds: is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"green\"", "\"RED\"", "\"\"", "\" red\"", "0", "[\"red\"]", "{}"})
  void aWordMustBeOneOfTheConstantsInLowerCase(String value) {
    JsonBody body = body("{\"a\":" + value + ",\"b\":" + value + "}");
    assertThat(body.word("a", Colour.class)).isEqualTo(Change.none());
    assertThat(body.requiredWord("b", Colour.class)).isEqualTo(Colour.RED);
    assertViolations(body::verify)
        .containsExactly(
            "pointer /a: must be one of [red, blue]", "pointer /b: must be one of [red, blue]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "60", "6e1", "60.0", "0e999999999", "-0"})
  void aNumberMayBeWrittenInManyWays(String value) {
    JsonBody body = body("{\"seconds\":" + value + "}");
    assertThat(body.requiredNumber("seconds", 0, 60)).isIn(0, 60);
    assertThatCode(body::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "61",
        "0.5",
        "59.999",
        "1e999999999",
        "1e-999999999",
        "\"60\"",
        "true",
        "[60]",
        "4294967296"
      })
  void aNumberMustBeWholeAndInItsBounds(String value) {
    JsonBody body = body("{\"seconds\":" + value + "}");
    assertThat(body.requiredNumber("seconds", 0, 60)).isZero();
    assertViolations(body::verify)
        .containsExactly("pointer /seconds: must be a whole number from 0 to 60");
  }

  @Test
  void idsAreWholeNumbersThatEveryClientCanHold() {
    assertThat(body("{\"jobs\":[1,9007199254740991]}").ids("jobs", 2))
        .isEqualTo(Change.to(Set.of(1L, 9_007_199_254_740_991L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[1,2,3,4]",
        "[1,1,1,1]",
        "[0]",
        "[-1]",
        "[1.5]",
        "[9007199254740992]",
        "[1e999999999]",
        "[null]",
        "[1,\"2\"]",
        "[[1]]",
        "1",
        "\"1\"",
        "{}"
      })
  void idsMustBeAShortListOfThem(String value) {
    JsonBody body = body("{\"jobs\":" + value + "}");
    assertThat(body.ids("jobs", 3)).isEqualTo(Change.none());
    assertViolations(body::verify)
        .containsExactly("pointer /jobs: must be null or an array of 1 to 3 ids");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"{}\"", "[]", "1", "false"})
  void anObjectMustBeOne(String value) {
    JsonBody body = body("{\"metadata\":" + value + "}");
    assertThat(body.object("metadata", 100)).isEqualTo(Change.none());
    assertViolations(body::verify).containsExactly("pointer /metadata: must be an object or null");
  }

  @Test
  void anObjectIsMeasuredInBytesOfCompactJson() {
    String json = "{\"metadata\" : { \"a\" : \"ä\" } }";
    assertThat(body(json).object("metadata", 10).given()).isTrue();
    JsonBody tooLarge = body(json);
    assertThat(tooLarge.object("metadata", 9)).isEqualTo(Change.none());
    assertViolations(tooLarge::verify)
        .containsExactly("pointer /metadata: must not have more than 9 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"a\":[{\"b\":\"\\udfff\"}]}"})
  void anObjectMustBeWritableAsUtf8(String value) {
    JsonBody body = body("{\"metadata\":" + value + "}");
    assertThat(body.object("metadata", 100)).isEqualTo(Change.none());
    assertViolations(body::verify)
        .containsExactly("pointer /metadata: must not contain half of a surrogate pair");
  }

  @Test
  void anObjectKeepsItsNumbersAsTheyAre() {
    JsonBody body = body("{\"metadata\":{\"a\":0.10,\"b\":123456789012345678901234567890}}");
    assertThat(body.object("metadata", 100))
        .hasToString("Change[given=true, value={\"a\":0.10,\"b\":123456789012345678901234567890}]");
  }

  @Test
  void membersThatNobodyAskedForAreRefusedByName() {
    JsonBody body = body("{\"name\":\"x\",\"nmae\":\"y\",\"a/b~c\":null}");
    assertThat(body.requiredText("name", LINE)).isEqualTo("x");
    assertViolations(body::verify)
        .containsExactlyInAnyOrder(
            "pointer /nmae: is not a member that can be set here",
            "pointer /a~1b~0c: is not a member that can be set here");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    JsonBody body = body("{\"a\":1,\"b\":2,\"c\":3}");
    assertThat(body.flag("a")).isEqualTo(Change.none());
    assertThat(body.time("b")).isEqualTo(Change.none());
    assertThat(body.requiredText("d", LINE)).isEmpty();
    assertViolations(body::verify)
        .hasSize(4)
        .anyMatch(told -> told.startsWith("pointer /a:"))
        .anyMatch(told -> told.startsWith("pointer /b:"))
        .anyMatch(told -> told.startsWith("pointer /c:"))
        .anyMatch(told -> told.startsWith("pointer /d:"));
  }
}
