package io.chronotrack.audit.store;

import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.WriteSessions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the table {@code audit}, the end of their chain in {@code audit_head}.
 *
 * <p>Nothing of the chain is remembered between transactions: one that is rolled back takes its
 * entries and its change of the head with it.
 */
public final class JpaAuditRepository implements AuditRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(AuditHeadRow.class, AuditRow.class);

  private final WriteSessions writer;
  private final ReadSessions reader;

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaAuditRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public void append(AuditRecord record) {
    // Where several transactions write at a time, this lock makes the others wait until the commit:
    // each entry needs the hash of the one before.
    AuditHeadRow head =
        writer.current().find(AuditHeadRow.class, AuditHeadRow.ID, LockModeType.PESSIMISTIC_WRITE);
    if (head == null) {
      throw new IllegalStateException("the table audit_head has lost its row");
    }
    writer.current().persist(new AuditRow(head.extend(record)));
  }

  @Override
  public Page<AuditEntry> list(AuditFilter filter, PageRequest request) {
    var conditions = new Conditions();
    conditions.add("r.projectId = :projectId", "projectId", filter.projectId());
    conditions.add("r.actor = :actor", "actor", filter.actor());
    conditions.add("r.action = :action", "action", filter.action());
    conditions.add("r.subject = :subject", "subject", filter.subject());
    conditions.add("r.outcome = :outcome", "outcome", filter.outcome());
    conditions.add("r.at >= :from", "from", millis(filter.from()));
    conditions.add("r.at < :to", "to", millis(filter.to()));
    Position after = request.after();
    conditions.add(
        request.isBackward() ? "r.id > :after" : "r.id < :after",
        "after",
        after == null ? null : after.minor());
    List<AuditEntry> found =
        conditions
            .query(reader.current(), request)
            .setMaxResults(request.limit() + 1)
            .getResultList()
            .stream()
            .map(AuditRow::toEntry)
            .toList();
    return Page.of(found, request, AuditRow::positionOf);
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  /** Those parts of a filter that are set. */
  private static final class Conditions {

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final StringBuilder where = new StringBuilder();

    void add(String condition, String parameter, @Nullable Object value) {
      if (value != null) {
        where.append(where.isEmpty() ? " where " : " and ").append(condition);
        parameters.put(parameter, value);
      }
    }

    TypedQuery<AuditRow> query(EntityManager reader, PageRequest request) {
      TypedQuery<AuditRow> query =
          reader.createQuery(
              "select r from AuditRow r"
                  + where
                  + " order by r.id "
                  + (request.isBackward() ? "asc" : "desc"),
              AuditRow.class);
      parameters.forEach(query::setParameter);
      return query;
    }
  }
}
