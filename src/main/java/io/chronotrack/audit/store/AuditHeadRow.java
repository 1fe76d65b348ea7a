package io.chronotrack.audit.store;

import io.chronotrack.audit.AuditChain;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** The only row of the table {@code audit_head}: where the chain ends. */
@Entity
@Table(name = "audit_head")
@NullUnmarked // JPA fills the fields.
class AuditHeadRow {

  /** The id of the only row. */
  static final long ID = 1;

  @Id private long id;

  @Column(name = "last_id")
  private long lastId;

  private String hash;

  protected AuditHeadRow() {
    // For JPA.
  }

  /** The entry that this record becomes at the end of the chain, which then ends with it. */
  AuditEntry extend(AuditRecord record) {
    lastId++;
    hash = AuditChain.hash(hash, lastId, record);
    return new AuditEntry(lastId, record, hash);
  }
}
