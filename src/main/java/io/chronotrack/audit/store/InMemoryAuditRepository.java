package io.chronotrack.audit.store;

import io.chronotrack.audit.AuditChain;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Entries in the heap. */
public final class InMemoryAuditRepository implements AuditRepository {

  private final ConcurrentNavigableMap<Long, AuditEntry> entries = new ConcurrentSkipListMap<>();

  @Override
  public synchronized void append(AuditRecord record) {
    Map.Entry<Long, AuditEntry> last = entries.lastEntry();
    long id = last == null ? 1 : last.getKey() + 1;
    String before = last == null ? AuditChain.START : last.getValue().hash();
    entries.put(id, new AuditEntry(id, record, AuditChain.hash(before, id, record)));
  }

  @Override
  public Page<AuditEntry> list(AuditFilter filter, PageRequest request) {
    Position after = request.after();
    var reading = request.isBackward() ? entries : entries.descendingMap();
    var rest = after == null ? reading : reading.tailMap(after.minor(), false);
    List<AuditEntry> found =
        rest.values().stream()
            .filter(entry -> fits(entry.record(), filter))
            .limit(request.limit() + 1L)
            .toList();
    return Page.of(found, request, AuditRow::positionOf);
  }

  private static boolean fits(AuditRecord record, AuditFilter filter) {
    return record.projectId() == filter.projectId()
        && fits(filter.actor(), record.actor())
        && fits(filter.action(), record.action())
        && fits(filter.subject(), record.subject())
        && fits(filter.outcome(), record.outcome())
        && (filter.from() == null || !record.at().isBefore(filter.from()))
        && (filter.to() == null || record.at().isBefore(filter.to()));
  }

  private static boolean fits(@Nullable Object wanted, Object actual) {
    return wanted == null || wanted.equals(actual);
  }
}
