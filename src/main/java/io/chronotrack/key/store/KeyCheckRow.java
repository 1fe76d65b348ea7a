package io.chronotrack.key.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** The one row of the table {@code key_check}. */
@Entity
@Table(name = "key_check")
@NullUnmarked // JPA fills the fields.
class KeyCheckRow {

  static final long ONLY_ID = 1;

  @Id private long id;

  private String hash;

  protected KeyCheckRow() {
    // For JPA.
  }

  KeyCheckRow(String hash) {
    this.id = ONLY_ID;
    this.hash = hash;
  }

  String hash() {
    return hash;
  }
}
