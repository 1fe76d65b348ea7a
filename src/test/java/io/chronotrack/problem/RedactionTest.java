package io.chronotrack.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private static final String KEY = "ct_lTdkI0eD4I_paLRDEOFpAhT4bdwnW40XqSgNomem432557o";
  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl-_aBc";

  @ParameterizedTest
  @ValueSource(strings = {KEY, TOKEN, "ct_short", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJh"})
  void aCredentialIsNotShownWhereverItStands(String credential) {
    assertThat(Redaction.of(credential)).isEqualTo("[redacted]");
    assertThat(Redaction.of("/jobs/" + credential + "/runs")).isEqualTo("/jobs/[redacted]/runs");
    assertThat(Redaction.of("/jobs;key=" + credential)).isEqualTo("/jobs;key=[redacted]");
    assertThat(Redaction.ofPath("/Bearer%20" + credential + "!")).doesNotContain(credential);
  }

  @Test
  void eachOfSeveralIsReplaced() {
    assertThat(Redaction.of("/" + KEY + "/" + TOKEN + "/" + KEY))
        .isEqualTo("/[redacted]/[redacted]/[redacted]");
  }

  @ParameterizedTest
  @CsvSource({
    "/jobs/ct%5Fabc, ct%5Fabc",
    "/jobs/%63t_lTdkI0eD4I, lTdkI0eD4I",
    "/jobs/%65yJhbGciOi.eyJzdWIi.c2ln, eyJzdWIi"
  })
  void percentEncodingHidesNothingInAPath(String path, String secret) {
    assertThat(Redaction.ofPath(path)).startsWith("/jobs/[redacted]").doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs/12/runs",
        "/nothing/product_12",
        "/nothing/ct",
        "/nothing/ct-1",
        "/nothing/eyJhbGci",
        "/nothing/%F0%9F%98%80",
        "/nothing/%zz",
        "/nothing/a+b%20c",
        ""
      })
  void whatIsNoCredentialIsShownAsItCame(String path) {
    assertThat(Redaction.of(path)).isEqualTo(path);
    assertThat(Redaction.ofPath(path)).isEqualTo(path);
  }
}
