package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T09:30:00Z, 2026-01-31T09:30:00.000Z",
    "2026-01-31t09:30:00z, 2026-01-31T09:30:00.000Z",
    "2026-01-31T09:30:00.1Z, 2026-01-31T09:30:00.100Z",
    "2026-01-31T09:30:00.123999999Z, 2026-01-31T09:30:00.123Z",
    "2026-01-31T10:30:00+01:00, 2026-01-31T09:30:00.000Z",
    "2026-01-31T04:00:00-05:30, 2026-01-31T09:30:00.000Z",
    "2026-01-31T09:30:00-00:00, 2026-01-31T09:30:00.000Z",
    "2024-02-29T23:59:59+14:00, 2024-02-29T09:59:59.000Z",
    "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
  })
  void aTimeWithAnyOffsetIsWrittenInUtcWithMilliseconds(String text, String written) {
    assertThat(Timestamps.parse(text).map(Timestamps::format)).contains(written);
    assertThat(Timestamps.parse(written).map(Timestamps::format)).contains(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "now",
        "2026-01-31",
        "2026-01-31T09:30:00",
        "2026-01-31T09:30Z",
        "2026-01-31 09:30:00Z",
        " 2026-01-31T09:30:00Z",
        "2026-01-31T09:30:00Z\n",
        "2026-01-31T09:30:00.Z",
        "2026-01-31T09:30:00.1234567890Z",
        "2026-01-31T09:30:00,123Z",
        "2026-01-31T09:30:00+0100",
        "2026-01-31T09:30:00+01",
        "2026-01-31T09:30:00+01:00[Europe/Berlin]",
        "2026-02-30T09:30:00Z",
        "2025-02-29T09:30:00Z",
        "2026-13-01T09:30:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T09:60:00Z",
        "2026-01-31T09:30:00+19:00",
        "+2026-01-31T09:30:00Z",
        "-2026-01-31T09:30:00Z",
        "12026-01-31T09:30:00Z",
        "٢٠٢٦-٠١-٣١T٠٩:٣٠:٠٠Z",
        "1769851800000"
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0000-12-31T23:59:59Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"})
  void aYearThatCannotBeWrittenIsNotRead(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }

  @Test
  void whatIsReadHasMilliseconds() {
    assertThat(Timestamps.parse("2026-01-31T09:30:00.1234567Z"))
        .contains(Instant.ofEpochMilli(1_769_851_800_123L));
  }
}
