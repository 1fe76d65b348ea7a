package io.chronotrack.http;

import static io.chronotrack.http.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.change.ExpectedVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {

  private static ExpectedVersion ifMatch(String... values) {
    return Preconditions.ifMatch(List.of(values));
  }

  private static boolean has(long version, String... values) {
    return Preconditions.ifNoneMatch(List.of(values), version);
  }

  private static ExpectedVersion versions(Long... versions) {
    return new ExpectedVersion(Set.of(versions));
  }

  @Test
  void withoutIfMatchEveryVersionIsChanged() {
    assertThat(ifMatch()).isEqualTo(ExpectedVersion.ANY);
  }

  @Test
  void aStarMatchesEveryVersion() {
    assertThat(ifMatch("*")).isEqualTo(ExpectedVersion.ANY);
    assertThat(ifMatch(" * ")).isEqualTo(ExpectedVersion.ANY);
  }

  @Test
  void ifMatchNamesOneOrMoreVersions() {
    assertThat(ifMatch("\"3\"")).isEqualTo(versions(3L));
    assertThat(ifMatch("\"3\",\"4\"")).isEqualTo(versions(3L, 4L));
    assertThat(ifMatch(" \"3\" ,  \"17\" ")).isEqualTo(versions(3L, 17L));
    assertThat(ifMatch("\"3\"", "\"4\"")).isEqualTo(versions(3L, 4L));
  }

  @Test
  void aWeakTagNeverMatchesForAChange() {
    assertThat(ifMatch("W/\"3\"")).isEqualTo(versions());
    assertThat(ifMatch("W/\"3\", \"4\"")).isEqualTo(versions(4L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\"", "\"abc\"", "\"0\"", "\"-1\"", "\"03\"", "\"99999999999999999999\""})
  void aTagThatWasNeverGivenOutMatchesNothing(String tag) {
    assertThat(ifMatch(tag)).isEqualTo(versions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3", "\"3", "3\"", "'3'", "\"3\" \"4\"", "\"3\";\"4\"", "*,\"3\"", "w/\"3\"", "x"})
  void whatIsNoListOfTagsIsRefused(String value) {
    assertViolations(() -> ifMatch(value))
        .containsExactly("header If-Match: must be * or a list of entity tags such as \"3\"");
    assertViolations(() -> has(3, value))
        .containsExactly("header If-None-Match: must be * or a list of entity tags such as \"3\"");
  }

  @Test
  void ifNoneMatchTellsWhetherTheClientHasTheVersion() {
    assertThat(has(3, "\"3\"")).isTrue();
    assertThat(has(3, "\"2\", \"3\"")).isTrue();
    assertThat(has(3, "W/\"3\"")).isTrue();
    assertThat(has(3, "*")).isTrue();
    assertThat(has(3, "\"2\"")).isFalse();
    assertThat(has(3, "\"abc\"")).isFalse();
    assertThat(has(3)).isFalse();
  }
}
