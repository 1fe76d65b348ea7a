package io.chronotrack.audit;

import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry as administrators see it; the members are those of {@link AuditEntry}. */
@JsonbPropertyOrder({
  "id", "at", "actor", "action", "subject", "outcome", "address", "before", "after", "hash"
})
public record AuditView(
    long id,
    Instant at,
    String actor,
    String action,
    String subject,
    Outcome outcome,
    String address,
    @Nullable JsonObject before,
    @Nullable JsonObject after,
    String hash) {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** What administrators see of an entry. */
  public static AuditView of(AuditEntry entry) {
    AuditRecord record = entry.record();
    return new AuditView(
        entry.id(),
        record.at(),
        record.actor(),
        record.action(),
        record.subject(),
        record.outcome(),
        record.address(),
        object(record.before()),
        object(record.after()),
        entry.hash());
  }

  private static @Nullable JsonObject object(@Nullable String json) {
    if (json == null) {
      return null;
    }
    try (var reader = JSON.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
