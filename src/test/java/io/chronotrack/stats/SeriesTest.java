package io.chronotrack.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.problem.ValidationFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private static Series series(String from, String to, Interval interval, ZoneId zone) {
    return Series.covering(Instant.parse(from), Instant.parse(to), interval, zone);
  }

  private static List<String> bounds(Series series) {
    List<String> bounds = new ArrayList<>();
    for (int span = 0; span <= series.size(); span++) {
      bounds.add(series.startOf(span).toString());
    }
    return bounds;
  }

  @Test
  void spansAreWholeAndCoverWhatIsAskedFor() {
    assertThat(
            bounds(series("2026-01-31T09:59:59.999Z", "2026-01-31T11:00:00Z", Interval.HOUR, UTC)))
        .containsExactly("2026-01-31T09:00:00Z", "2026-01-31T10:00:00Z", "2026-01-31T11:00:00Z");
    assertThat(
            bounds(series("2026-01-31T23:00:00Z", "2026-02-01T00:00:00.001Z", Interval.DAY, UTC)))
        .containsExactly("2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    // Two hours apart on the clock, and one in truth: the clocks are put forward, and back.
    "Europe/Berlin, 2026-03-29T12:00:00Z, DAY, 2026-03-28T23:00:00Z, PT23H",
    "Europe/Berlin, 2026-10-25T12:00:00Z, DAY, 2026-10-24T22:00:00Z, PT25H",
    "Asia/Kolkata, 2026-01-31T09:45:00Z, DAY, 2026-01-30T18:30:00Z, PT24H",
    "Asia/Kolkata, 2026-01-31T09:45:00Z, HOUR, 2026-01-31T09:30:00Z, PT1H",
    "Asia/Kathmandu, 2026-01-31T09:45:00Z, HOUR, 2026-01-31T09:15:00Z, PT1H",
    "+05:30, 2026-01-31T09:45:00Z, HOUR, 2026-01-31T09:30:00Z, PT1H",
    // Its clocks are changed by half an hour.
    "Australia/Lord_Howe, 2026-04-04T14:40:00Z, HOUR, 2026-04-04T14:00:00Z, PT1H",
    "Australia/Lord_Howe, 2026-10-03T15:10:00Z, HOUR, 2026-10-03T14:30:00Z, PT1H"
  })
  void aSpanIsWhatTheClocksOfTheZoneShow(
      String zone, Instant in, Interval interval, Instant start, Duration length) {
    Series series = Series.covering(in, in.plusMillis(1), interval, ZoneId.of(zone));
    assertThat(series.size()).isEqualTo(1);
    assertThat(series.startOf(0)).isEqualTo(start);
    assertThat(Duration.between(start, series.startOf(1))).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({
    "Australia/Lord_Howe, 2026-04-04T10:00:00Z, 2026-04-04T20:00:00Z",
    "Australia/Lord_Howe, 2026-10-03T10:00:00Z, 2026-10-03T20:00:00Z",
    "Europe/Berlin, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z"
  })
  void hoursFollowEachOtherWhenClocksAreChanged(String zone, Instant from, Instant to) {
    Series series = Series.covering(from, to, Interval.HOUR, ZoneId.of(zone));
    for (int span = 0; span < series.size(); span++) {
      assertThat(Duration.between(series.startOf(span), series.startOf(span + 1)))
          .isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
    }
    assertThat(series.startOf(0)).isBeforeOrEqualTo(from);
    assertThat(series.startOf(series.size())).isAfterOrEqualTo(to);
  }

  @Test
  void aDayThatAZoneNeverHadIsLeftOut() {
    Series series =
        series(
            "2011-12-29T12:00:00Z",
            "2012-01-01T00:00:00Z",
            Interval.DAY,
            ZoneId.of("Pacific/Apia"));
    assertThat(bounds(series))
        .containsExactly(
            "2011-12-29T10:00:00Z",
            "2011-12-30T10:00:00Z",
            "2011-12-31T10:00:00Z",
            "2012-01-01T10:00:00Z");
  }

  @Test
  void aQuarterOfAnHourIsInOneSpanOrInNone() {
    Series series = series("2026-01-31T09:00:00Z", "2026-01-31T11:00:00Z", Interval.HOUR, UTC);
    long first = Series.quarterOf(Instant.parse("2026-01-31T09:14:59.999Z"));
    assertThat(first).isEqualTo(series.firstQuarter());
    assertThat(series.of(first - 1)).isNull();
    for (int quarter = 0; quarter < 4; quarter++) {
      assertThat(series.of(first + quarter)).isSameAs(series.tally(0));
      assertThat(series.of(first + 4 + quarter)).isSameAs(series.tally(1));
    }
    assertThat(series.of(first + 8)).isNull();
    assertThat(series.endQuarter()).isEqualTo(first + 8);
  }

  @Test
  void timesBefore1970HaveTheirQuartersToo() {
    assertThat(Series.quarterOf(Instant.ofEpochMilli(-1))).isEqualTo(-1);
    assertThat(bounds(series("1969-12-31T23:59:59Z", "1970-01-01T00:00:01Z", Interval.DAY, UTC)))
        .containsExactly("1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z");
  }

  @Test
  void asManySpansAsTheIntervalAllowsAreGivenAndNoMore() {
    for (Interval interval : Interval.values()) {
      Instant from = Instant.parse("2026-01-31T00:00:00Z");
      Duration length = interval == Interval.HOUR ? Duration.ofHours(1) : Duration.ofDays(1);
      Instant to = from.plus(length.multipliedBy(interval.mostSpans()));
      assertThat(Series.covering(from, to, interval, UTC).size()).isEqualTo(interval.mostSpans());
      assertThatExceptionOfType(ValidationFailed.class)
          .isThrownBy(() -> Series.covering(from, to.plusMillis(1), interval, UTC))
          .withMessageContaining("at most " + interval.mostSpans() + " buckets of ");
    }
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(
            () -> series("0001-01-01T00:00:00Z", "9999-12-31T23:00:00Z", Interval.DAY, UTC));
  }

  @Test
  void aTimeThatEndsBeforeItBeginsIsRefused() {
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(
            () -> series("2026-01-31T09:00:00Z", "2026-01-31T09:00:00Z", Interval.HOUR, UTC))
        .withMessage("to must be after from, which is 2026-01-31T09:00:00Z");
  }

  @Test
  void clocksThatDoNotStandOnAQuarterOfAnHourAreRefused() {
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(
            () ->
                series(
                    "1930-01-31T00:00:00Z",
                    "1930-02-01T00:00:00Z",
                    Interval.DAY,
                    ZoneId.of("Africa/Monrovia")))
        .withMessageContaining("timezone must be one whose clocks are whole quarters of an hour");
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(
            () ->
                series(
                    "2026-01-31T00:00:00Z",
                    "2026-02-01T00:00:00Z",
                    Interval.DAY,
                    ZoneId.of("+01:07")));
  }
}
