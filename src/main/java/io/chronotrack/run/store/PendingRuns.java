package io.chronotrack.run.store;

import io.chronotrack.change.StaleVersion;
import io.chronotrack.run.ExternalId;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.storage.LastWrite;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The runs that one transaction has looked at, as it has left them, until they are written at its
 * end: each once, however many of its commands have changed it, and all of them in one batch.
 */
final class PendingRuns implements LastWrite {

  private final RunTable table;
  private final RunEventTable eventTable;

  /** In the order of their ids, so that all transactions take rows in one order. */
  private final Map<Long, Pending> byId = new TreeMap<>();

  private final Map<ExternalId, Pending> byExternalId = new HashMap<>();
  private final List<RunEvent> events = new ArrayList<>();

  /** A run: as it is stored, unless it is new, and as the transaction has it. */
  private static final class Pending {

    private final @Nullable JobRun stored;
    private JobRun run;

    Pending(@Nullable JobRun stored, JobRun run) {
      this.stored = stored;
      this.run = run;
    }
  }

  PendingRuns(RunTable table, RunEventTable eventTable) {
    this.table = table;
    this.eventTable = eventTable;
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

  private static <K> List<JobRun> known(Map<K, Pending> runs, Collection<K> keys) {
    List<JobRun> known = new ArrayList<>(keys.size());
    for (K key : keys) {
      Pending pending = runs.get(key);
      if (pending != null) {
        known.add(pending.run);
      }
    }
    return known;
  }

  private void read(JobRun stored) {
    if (!byId.containsKey(stored.id())) {
      add(new Pending(stored, stored));
    }
  }

  private void add(Pending pending) {
    byId.put(pending.run.id(), pending);
    ExternalId externalId = ExternalId.of(pending.run);
    if (externalId != null) {
      byExternalId.put(externalId, pending);
    }
  }

  /** Adds runs that are new. */
  void insert(Collection<RecordedRun> runs) {
    for (RecordedRun recorded : runs) {
      add(new Pending(null, recorded.run()));
      events.addAll(recorded.events());
    }
  }

  /**
   * Replaces runs.
   *
   * @throws StaleVersion if the transaction has one in another version; nothing is changed then
   */
  void replace(Session session, Collection<RecordedRun> runs) {
    withIds(session, runs.stream().map(changed -> changed.run().id()).toList());
    for (RecordedRun changed : runs) {
      Pending pending = byId.get(changed.run().id());
      if (pending == null || pending.run.version() != changed.storedVersion()) {
        throw new StaleVersion(pending == null ? 0 : pending.run.version());
      }
    }
    for (RecordedRun changed : runs) {
      Objects.requireNonNull(byId.get(changed.run().id())).run = changed.run();
      events.addAll(changed.events());
    }
  }

  @Override
  public void write(Session session) {
    if (!events.isEmpty()) {
      session.doWork(this::write);
    }
  }

  private void write(Connection connection) throws SQLException {
    List<JobRun> inserted = new ArrayList<>();
    List<RunTable.Replacement> replaced = new ArrayList<>();
    byId.forEach(
        (id, pending) -> {
          JobRun stored = pending.stored;
          if (stored == null) {
            inserted.add(pending.run);
          } else if (stored.version() != pending.run.version()) {
            replaced.add(new RunTable.Replacement(stored, pending.run));
          }
        });
    table.insert(connection, inserted);
    table.replace(connection, replaced);
    eventTable.insert(connection, events);
  }
}
