package io.chronotrack.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.http.JsonbForm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditViewTest {

  private static String json(@Nullable String before, @Nullable String after) {
    var record =
        new AuditRecord(
            Instant.parse("2026-01-31T09:30:00.120Z"),
            1,
            "key/1",
            "job.change",
            "job/12",
            Outcome.DONE,
            "192.0.2.1",
            before,
            after);
    return JsonbForm.toJson(AuditView.of(new AuditEntry(7, record, "abc")));
  }

  @Test
  void allMembersAreThereInTheirOrder() {
    assertThat(json("{\"name\":\"a\",\"type\":null}", "{\"name\":\"b\",\"tags\":[1,{}]}"))
        .isEqualTo(
            "{\"id\":7,\"at\":\"2026-01-31T09:30:00.120Z\",\"actor\":\"key/1\","
                + "\"action\":\"job.change\",\"subject\":\"job/12\",\"outcome\":\"DONE\","
                + "\"address\":\"192.0.2.1\",\"before\":{\"name\":\"a\",\"type\":null},"
                + "\"after\":{\"name\":\"b\",\"tags\":[1,{}]},\"hash\":\"abc\"}");
  }

  @Test
  void whatWasNotThereIsNull() {
    assertThat(json(null, null)).contains("\"before\":null,\"after\":null");
  }
}
