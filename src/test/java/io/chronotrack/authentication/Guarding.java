package io.chronotrack.authentication;

import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditService;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.config.AccessSettings;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What guards need: somewhere to write refusals down, and a count of what was asked for. */
final class Guarding {

  static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");

  private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
  private final TestMeter meter = new TestMeter();

  /** Writes down every refusal; an address may show three wrong credentials in a minute. */
  Refusals refusals() {
    return new Refusals(
        new AuditService(audit, new MemoryTransactions()),
        Clock.fixed(NOW, ZoneOffset.UTC),
        3,
        meter);
  }

  RequestRates rates(int requestsPerMinute, int reportsPerMinute) {
    return new RequestRates(
        new AccessSettings(true, null, null, requestsPerMinute, reportsPerMinute, 3), meter);
  }

  /** Counts nothing. */
  RequestRates rates() {
    return rates(0, 0);
  }

  /** What was refused in a project, newest first; 0 is outside of any. */
  List<AuditRecord> records(long projectId) {
    var filter = new AuditFilter(projectId, null, null, null, null, null, null);
    return audit.list(filter, PageRequest.first(100)).items().stream()
        .map(AuditEntry::record)
        .toList();
  }
}
