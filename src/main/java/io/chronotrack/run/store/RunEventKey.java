package io.chronotrack.run.store;

import java.io.Serializable;

/** Primary key of {@link RunEventRow}: what JPA calls an id class, hence no record. */
class RunEventKey implements Serializable {

  private static final long serialVersionUID = 1L;

  private long runId;
  private long version;

  protected RunEventKey() {
    // For JPA.
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunEventKey key && runId == key.runId && version == key.version;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * runId + version);
  }
}
