package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void aValidTraceparentIsTakenOver() {
    assertThat(TraceContext.traceparent(RequestSample.withHeader("traceparent", VALID)))
        .isEqualTo(VALID);
    assertThat(TraceContext.traceparent(RequestSample.withHeader("TraceParent", VALID)))
        .isEqualTo(VALID);
  }

  @Test
  void withoutTheHeaderThereIsNone() {
    assertThat(TraceContext.traceparent(RequestSample.get("jobs"))).isNull();
  }

  @Test
  void twoOfThemAreNone() {
    assertThat(TraceContext.traceparent(RequestSample.withHeader("traceparent", VALID, VALID)))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void whatIsNotValidIsIgnored(String value) {
    assertThat(TraceContext.traceparent(RequestSample.withHeader("traceparent", value))).isNull();
  }
}
