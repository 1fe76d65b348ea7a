package io.chronotrack.audit;

import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;

/**
 * Keeps the chain of audit entries. Safe for use by many threads.
 *
 * <p>{@link #list} reads what has been committed and never waits for a writer. {@link #append}
 * belongs into a write transaction of {@link io.chronotrack.storage.Transactions}: that of the
 * change that the entry tells of.
 */
public interface AuditRepository {

  /** Adds an entry to the end of the chain. */
  void append(AuditRecord record);

  /** Entries that fit the filter, newest first: by id. */
  Page<AuditEntry> list(AuditFilter filter, PageRequest request);
}
