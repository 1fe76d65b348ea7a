package io.chronotrack.run.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.filter.FilterRefused;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunCondition.Comparison;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFiltersTest {

  @Test
  void everyFieldHasItsCondition() {
    assertThat(RunFilters.parse("status = FAILED"))
        .isEqualTo(new RunCondition.StatusIn(Set.of(RunStatus.FAILED)));
    assertThat(RunFilters.parse("jobId = 7")).isEqualTo(new RunCondition.JobIn(Set.of(7L)));
    assertThat(RunFilters.parse("job.type = \"etl\""))
        .isEqualTo(new RunCondition.JobTypeIn(Set.of("etl")));
    assertThat(RunFilters.parse("externalId = 'night 1'"))
        .isEqualTo(new RunCondition.ExternalIdIs("night 1"));
    assertThat(RunFilters.parse("errorMessage:timeout"))
        .isEqualTo(new RunCondition.MessageHas("timeout"));
    assertThat(RunFilters.parse("metadata.a.\"b c\" = 1"))
        .isEqualTo(new RunCondition.MetadataIs(List.of("a", "b c"), "1"));
    assertThat(RunFilters.parse("metadata.a:*"))
        .isEqualTo(new RunCondition.MetadataHas(List.of("a")));
    assertThat(RunFilters.parse("errorMessage:*"))
        .isEqualTo(new RunCondition.Has(RunCondition.Part.ERROR_MESSAGE));
    assertThat(RunFilters.parse("errorMessage:\"*\"")).isEqualTo(new RunCondition.MessageHas("*"));
    assertThat(RunFilters.parse("metadata:*"))
        .isEqualTo(new RunCondition.Has(RunCondition.Part.METADATA));
  }

  @Test
  void timesAndDurationsHaveAnOrder() {
    long time = Instant.parse("2026-01-31T09:30:00Z").toEpochMilli();
    for (RunMeasure measure : RunMeasure.values()) {
      String value = measure.isTime() ? "\"2026-01-31T10:30:00+01:00\"" : Long.toString(time);
      for (String sign : List.of("=", "<", "<=", ">", ">=")) {
        assertThat(RunFilters.parse(measure.field() + " " + sign + " " + value))
            .isEqualTo(new RunCondition.Measure(measure, comparison(sign), time));
      }
    }
  }

  private static Comparison comparison(String sign) {
    return switch (sign) {
      case "<" -> Comparison.LESS;
      case "<=" -> Comparison.LESS_OR_EQUAL;
      case ">" -> Comparison.GREATER;
      case ">=" -> Comparison.GREATER_OR_EQUAL;
      default -> Comparison.EQUAL;
    };
  }

  @Test
  void alternativesOfOneFieldBecomeOneList() {
    assertThat(RunFilters.parse("status = FAILED OR status = CANCELLED"))
        .isEqualTo(new RunCondition.StatusIn(Set.of(RunStatus.FAILED, RunStatus.CANCELLED)));
    assertThat(RunFilters.parse("jobId = 1 OR (jobId = 2 OR jobId = 3)"))
        .isEqualTo(new RunCondition.JobIn(Set.of(1L, 2L, 3L)));
  }

  @Test
  void anotherStatusIsOneOfTheRest() {
    var others = new RunCondition.StatusIn(EnumSet.complementOf(EnumSet.of(RunStatus.SUCCESS)));
    assertThat(RunFilters.parse("status != SUCCESS")).isEqualTo(others);
    assertThat(RunFilters.parse("NOT status = SUCCESS")).isEqualTo(others);
    assertThat(RunFilters.parse("-status = SUCCESS")).isEqualTo(others);
    assertThat(RunFilters.parse("NOT NOT jobId = 1")).isEqualTo(new RunCondition.JobIn(Set.of(1L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state = FAILED|1|'state' is none of the fields",
        "status = failed|10|one of PENDING, RUNNING",
        "status < FAILED|8|status has no order",
        "jobId = x|9|a whole number",
        "jobId = 0.5|9|a whole number",
        "durationMs > -1|14|a whole number",
        "durationMs > 1s|14|a whole number",
        "createdAt > yesterday|13|a time as of RFC 3339",
        "errorMessage = timeout|14|the operator :",
        "errorMessage:\"\"|14|not empty",
        "status:*|7|the operator : finds",
        "jobId:7|6|the operator : finds",
        "durationMs:5|11|the operator : finds",
        "metadata.env:prod|13|the operator : finds",
        "metadata = x|1|'metadata' is none of the fields",
        "metadata.a > 5|12|metadata.a has no order",
        "metadata.\"a\\\"b\" = x|1|without quotes",
        "metadata.a.b.c.d.e.f = x|1|deeper than 5",
        "job.name = x|1|'job.name' is none of the fields",
        "x:*|1|'x' is none of the fields",
        "status = FAILED AND job.typ = x|21|'job.typ' is none of the fields"
      })
  void aRefusalTellsThePlaceAndTheReason(String expression, int place, String reason) {
    assertThatExceptionOfType(FilterRefused.class)
        .isThrownBy(() -> RunFilters.parse(expression))
        .withMessageStartingWith("at character " + place + ": ")
        .withMessageContaining(reason);
  }
}
