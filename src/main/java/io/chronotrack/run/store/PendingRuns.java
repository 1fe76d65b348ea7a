package io.chronotrack.run.store;

import io.chronotrack.change.StaleVersion;
import io.chronotrack.run.ExternalId;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.storage.LastWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hibernate.Session;

/**
 * The runs that one transaction has looked at, as it has left them, until they are written at its
 * end: each once, however many of its commands have changed it.
 */
final class PendingRuns implements LastWrite {

  private final RunTable table;

  /** In the order of their ids, so that all transactions take rows in one order. */
  private final Map<Long, PendingRun> byId = new TreeMap<>();

  private final Map<ExternalId, PendingRun> byExternalId = new HashMap<>();

  PendingRuns(RunTable table) {
    this.table = table;
  }

  /** The runs with these ids as the transaction has them, in no certain order. */
  List<JobRun> withIds(Session session, Collection<Long> ids) {
    List<Long> unread = ids.stream().filter(id -> !byId.containsKey(id)).toList();
    if (!unread.isEmpty()) {
      session.doReturningWork(connection -> table.withIds(connection, unread)).forEach(this::read);
    }
    return known(byId, ids);
  }

  /** The runs with these external ids as the transaction has them, in no certain order. */
  List<JobRun> withExternalIds(Session session, Collection<ExternalId> ids) {
    Map<Long, List<String>> unread = new LinkedHashMap<>();
    for (ExternalId id : ids) {
      if (!byExternalId.containsKey(id)) {
        unread.computeIfAbsent(id.jobId(), jobId -> new ArrayList<>()).add(id.value());
      }
    }
    unread.forEach(
        (jobId, values) ->
            session
                .doReturningWork(connection -> table.withExternalIds(connection, jobId, values))
                .forEach(this::read));
    return known(byExternalId, ids);
  }

  private static <K> List<JobRun> known(Map<K, PendingRun> runs, Collection<K> keys) {
    List<JobRun> known = new ArrayList<>(keys.size());
    for (K key : keys) {
      PendingRun pending = runs.get(key);
      if (pending != null) {
        known.add(pending.run());
      }
    }
    return known;
  }

  private void read(JobRun stored) {
    if (!byId.containsKey(stored.id())) {
      add(PendingRun.read(stored));
    }
  }

  private void add(PendingRun pending) {
    byId.put(pending.run().id(), pending);
    ExternalId externalId = ExternalId.of(pending.run());
    if (externalId != null) {
      byExternalId.put(externalId, pending);
    }
  }

  /** Adds runs that are new. */
  void insert(Collection<RecordedRun> runs) {
    runs.forEach(recorded -> add(PendingRun.added(recorded)));
  }

  /**
   * Replaces runs.
   *
   * @throws StaleVersion if the transaction has one in another version; nothing is changed then
   */
  void replace(Session session, Collection<RecordedRun> runs) {
    withIds(session, runs.stream().map(changed -> changed.run().id()).toList());
    for (RecordedRun changed : runs) {
      PendingRun pending = byId.get(changed.run().id());
      if (pending == null || pending.run().version() != changed.storedVersion()) {
        throw new StaleVersion(pending == null ? 0 : pending.run().version());
      }
    }
    for (RecordedRun changed : runs) {
      Objects.requireNonNull(byId.get(changed.run().id())).become(changed);
    }
  }

  @Override
  public void write(Session session) {
    List<PendingRun> changed =
        byId.values().stream().filter(pending -> !pending.events().isEmpty()).toList();
    if (!changed.isEmpty()) {
      session.doWork(connection -> table.write(connection, changed));
    }
  }
}
