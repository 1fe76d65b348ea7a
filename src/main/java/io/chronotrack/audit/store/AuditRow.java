package io.chronotrack.audit.store;

import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.Outcome;
import io.chronotrack.page.Position;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of the table {@code audit}, never changed. Times are milliseconds since 1970 in UTC. */
@Entity
@Table(name = "audit")
@NullUnmarked // JPA fills the fields.
class AuditRow {

  @Id private long id;

  private long at;

  @Column(name = "project_id")
  private long projectId;

  private String actor;
  private String action;
  private String subject;

  @Enumerated(EnumType.STRING)
  private Outcome outcome;

  private String address;
  private String before;
  private String after;
  private String hash;

  protected AuditRow() {
    // For JPA.
  }

  AuditRow(AuditEntry entry) {
    AuditRecord record = entry.record();
    id = entry.id();
    at = record.at().toEpochMilli();
    projectId = record.projectId();
    actor = record.actor();
    action = record.action();
    subject = record.subject();
    outcome = record.outcome();
    address = record.address();
    before = record.before();
    after = record.after();
    hash = entry.hash();
  }

  AuditEntry toEntry() {
    return new AuditEntry(
        id,
        new AuditRecord(
            Instant.ofEpochMilli(at),
            projectId,
            actor,
            action,
            subject,
            outcome,
            address,
            before,
            after),
        hash);
  }

  static Position positionOf(AuditEntry entry) {
    return new Position(0, entry.id());
  }
}
