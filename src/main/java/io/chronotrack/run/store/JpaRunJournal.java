package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.stream.EventPosition;
import io.chronotrack.run.stream.JournalEntry;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.storage.ReadSessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The events in the table {@code run_events} that have a number. */
public final class JpaRunJournal implements RunJournal {

  /** The writer counts, so whatever is there is settled. */
  private static final String SETTLED_ON_SQLITE =
      "SELECT coalesce(max(e.sequence), 0) FROM run_events e WHERE e.sequence IS NOT NULL";

  /** All transactions below the lowest that runs have ended. */
  private static final String SETTLED_ON_POSTGRES =
      "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)"
          + " + run_events_shift() - 1";

  private final ReadSessions reader;

  /**
   * @param reader where queries run
   */
  public JpaRunJournal(ReadSessions reader) {
    this.reader = reader;
  }

  @Override
  public long settled() {
    String sql = reader.isPostgresql() ? SETTLED_ON_POSTGRES : SETTLED_ON_SQLITE;
    return session().createNativeQuery(sql, Long.class).getSingleResult();
  }

  @Override
  public List<JournalEntry> read(EventPosition after, long upTo, int most) {
    List<RunEventRow> events = events(after, upTo, most);
    if (events.isEmpty()) {
      return List.of();
    }
    Map<Long, Followed> runs =
        runs(events.stream().map(RunEventRow::runId).collect(Collectors.toSet()));
    return events.stream()
        .map(
            row -> {
              Followed followed = Objects.requireNonNull(runs.get(row.runId()));
              return new JournalEntry(
                  row.position(), row.toEvent(), followed.run(), followed.jobType());
            })
        .toList();
  }

  private List<RunEventRow> events(EventPosition after, long upTo, int most) {
    return session()
        .createNativeQuery(
            "SELECT e.* FROM run_events e"
                // Refuses the statement if the index does not do, in place of scanning the table.
                + (reader.isPostgresql() ? "" : " INDEXED BY run_events_in_order")
                + " WHERE e.sequence IS NOT NULL AND e.sequence <= :upTo"
                + " AND (e.sequence, e.run_id, e.version) > (:sequence, :runId, :version)"
                + " ORDER BY e.sequence, e.run_id, e.version LIMIT :most",
            RunEventRow.class)
        .setParameter("upTo", upTo)
        .setParameter("sequence", after.sequence())
        .setParameter("runId", after.runId())
        .setParameter("version", after.version())
        .setParameter("most", most)
        .getResultList();
  }

  private record Followed(JobRun run, @Nullable String jobType) {}

  /** Read after their events, so that none is older than one of them. */
  private Map<Long, Followed> runs(Set<Long> ids) {
    Map<Long, Followed> runs = new HashMap<>();
    session()
        .createQuery(
            "select r, j.type from JobRunRow r, JobRow j where j.id = r.jobId and r.id in (:ids)",
            Object[].class)
        .setParameter("ids", ids)
        .getResultList()
        .forEach(
            row -> {
              JobRun run = ((JobRunRow) row[0]).toRun();
              runs.put(run.id(), new Followed(run, (String) row[1]));
            });
    return runs;
  }

  private Session session() {
    return reader.current().unwrap(Session.class);
  }
}
