package io.chronotrack.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditServiceTest {

  private static final long OWN = 1;
  private static final long OTHER = 2;

  private final AuditRepository repository = new InMemoryAuditRepository();
  private final AuditService service = new AuditService(repository, new MemoryTransactions());

  @BeforeEach
  void appendOneForEach() {
    for (long project : new long[] {AuditFilter.INSTALLATION, OWN, OTHER}) {
      service.add(
          new AuditRecord(
              Instant.EPOCH,
              project,
              "key/1",
              "job.create",
              "of/" + project,
              Outcome.DONE,
              "192.0.2.1",
              null,
              null));
    }
  }

  private static Caller caller(Role role, Scope scope) {
    return new Caller("key/1", "192.0.2.1", role, null, "default", false, scope);
  }

  private List<String> list(Caller caller, long project) {
    var filter = new AuditFilter(project, null, null, null, null, null, null);
    return service.list(caller, filter, PageRequest.first(10)).items().stream()
        .map(entry -> entry.record().subject())
        .toList();
  }

  private void assertForbidden(Caller caller, long project) {
    assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> list(caller, project));
  }

  @Test
  void administratorsReadTheAuditOfTheirProject() {
    assertThat(list(caller(Role.ADMIN, Scope.of(OWN)), OWN)).containsExactly("of/1");
    assertThat(list(caller(Role.SYSTEM, Scope.of(OTHER)), OTHER)).containsExactly("of/2");
  }

  @Test
  void nobodyReadsTheAuditOfAProjectThatHeDoesNotActIn() {
    assertForbidden(caller(Role.ADMIN, Scope.of(OWN)), OTHER);
    assertForbidden(caller(Role.SYSTEM, Scope.of(OWN)), OTHER);
  }

  @Test
  void onlyTheSystemReadsTheAuditOfTheInstallation() {
    assertThat(list(caller(Role.SYSTEM, Scope.of(OWN)), AuditFilter.INSTALLATION))
        .containsExactly("of/0");
    assertForbidden(caller(Role.ADMIN, Scope.of(OWN)), AuditFilter.INSTALLATION);
  }

  @Test
  void whoSeesOnlyCertainJobsReadsNoAudit() {
    assertForbidden(caller(Role.ADMIN, new Scope(OWN, Set.of(7L))), OWN);
  }
}
