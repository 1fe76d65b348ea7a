package io.chronotrack.run.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.run.RunStatus;
import io.chronotrack.run.RunView;
import jakarta.json.Json;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCsvTest {

  private static final Instant CREATED = Instant.parse("2026-01-31T09:30:00Z");

  private static RunView run(@Nullable String errorMessage) {
    return new RunView(
        7,
        3,
        null,
        RunStatus.FAILED,
        CREATED,
        CREATED.plusMillis(1_500),
        1_500L,
        1.25,
        true,
        false,
        errorMessage,
        Json.createObjectBuilder().add("env", "a,b").add("n", 1).build(),
        null,
        CREATED,
        CREATED);
  }

  @Test
  void theHeaderNamesTheMembersOfARunInTheirOrder() {
    String[] members = RunView.class.getAnnotation(JsonbPropertyOrder.class).value();
    assertThat(RunCsv.HEADER).isEqualTo(String.join(",", members) + "\r\n");
  }

  @Test
  void aRowHasWhatTheJsonOfTheRunHas() {
    assertThat(RunCsv.row(run(null)))
        .isEqualTo(
            "7,3,,FAILED,2026-01-31T09:30:00.000Z,2026-01-31T09:30:01.500Z,1500,1.25,true,false,,"
                + "\"{\"\"env\"\":\"\"a,b\"\",\"\"n\"\":1}\",,"
                + "2026-01-31T09:30:00.000Z,2026-01-31T09:30:00.000Z\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain text|plain text",
        "a,b|\"a,b\"",
        "say \"no\"|\"say \"\"no\"\"\"",
        "` leading and trailing `|` leading and trailing `",
        "``|\"\"",
        // As it is: the file is for programs, too.
        "=1+1|=1+1",
        "Ärger 😀|Ärger 😀"
      })
  void aValueIsQuotedWhereItMustBe(String value, String field) {
    assertThat(RunCsv.row(run(value))).contains("true,false," + field + ",");
  }

  @ParameterizedTest
  @CsvSource({"'\n'", "'\r'", "'\r\n'"})
  void aLineBreakStaysInItsField(String lineBreak) {
    assertThat(RunCsv.row(run("first" + lineBreak + "second")))
        .contains(",\"first" + lineBreak + "second\",");
  }
}
