package io.chronotrack.run.store;

import io.chronotrack.run.ExternalId;
import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The rows of each persistence context that were added to it, by their external ids: what a query
 * does not find before it is written. Writing all of it for each look would end the writing in
 * batches.
 *
 * <p>Safe for use by many threads, each with a persistence context of its own.
 */
final class PendingExternalIds {

  private final Map<Session, Map<ExternalId, JobRunRow>> bySession =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Notes a row that has just been added. */
  void add(EntityManager writer, ExternalId id, JobRunRow row) {
    var added = bySession.computeIfAbsent(writer.unwrap(Session.class), session -> new HashMap<>());
    if (!added.isEmpty() && !writer.contains(added.values().iterator().next())) {
      // The rows of a transaction that has ended are in no persistence context any more.
      added.clear();
    }
    added.put(id, row);
  }

  /** The row with this external id that the running transaction has added, if it has. */
  @Nullable JobRunRow find(EntityManager writer, ExternalId id) {
    var added = bySession.get(writer.unwrap(Session.class));
    JobRunRow row = added == null ? null : added.get(id);
    return row != null && writer.contains(row) ? row : null;
  }
}
