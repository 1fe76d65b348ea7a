package io.chronotrack.idempotency.store;

import io.chronotrack.http.Answer;
import io.chronotrack.idempotency.KeptAnswer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of the table {@code idempotency_keys}. */
@Entity
@Table(name = "idempotency_keys")
@NullUnmarked // JPA fills the fields.
class KeptAnswerRow {

  @Id private String id;

  private String payload;

  private int status;

  private String location;

  private Long version;

  private String body;

  @Column(name = "created_at")
  private long createdAt;

  protected KeptAnswerRow() {
    // For JPA.
  }

  KeptAnswerRow(KeptAnswer kept) {
    this.id = kept.id();
    set(kept);
  }

  final void set(KeptAnswer kept) {
    payload = kept.payload();
    status = kept.answer().status();
    location = kept.answer().location();
    version = kept.answer().version();
    body = kept.answer().body();
    createdAt = kept.createdAt().toEpochMilli();
  }

  KeptAnswer toAnswer() {
    return new KeptAnswer(
        id,
        payload,
        new Answer(status, location, version, body, false),
        Instant.ofEpochMilli(createdAt));
  }
}
