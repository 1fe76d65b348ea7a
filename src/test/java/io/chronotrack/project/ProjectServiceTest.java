package io.chronotrack.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.Outcome;
import io.chronotrack.change.Change;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.ErrorCode;
import io.chronotrack.problem.NotFound;
import io.chronotrack.project.store.InMemoryProjectRepository;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ProjectServiceTest {

  private static final Instant CREATED = Instant.parse("2026-01-31T09:30:00Z");
  private static final Caller SYSTEM = caller(Role.SYSTEM, "default", Scope.of(1));

  private final TestClock clock = new TestClock(CREATED);
  private final Kept kept = new Kept();
  private final ProjectRepository repository = new InMemoryProjectRepository(CREATED);
  private final ProjectRing ring = new ProjectRing();
  private final ProjectService projects =
      new ProjectService(repository, ring, new AuditLog(kept), new MemoryTransactions(), clock);

  private static Caller caller(Role role, String project, Scope scope) {
    return new Caller("key/7", "192.0.2.1", role, null, project, false, scope);
  }

  private static Caller adminOf(Project project) {
    return caller(Role.ADMIN, project.key(), Scope.of(project.id()));
  }

  private static ProjectPatch rename(String name) {
    return new ProjectPatch(Change.to(name), Change.none());
  }

  private static ProjectPatch archive(boolean archived) {
    return new ProjectPatch(Change.none(), Change.to(archived));
  }

  private Project create(String key) {
    return projects.create(SYSTEM, new NewProject(key, "Name of " + key));
  }

  private List<String> keysSeenBy(Caller caller, ProjectFilter filter) {
    return projects.list(caller, filter, PageRequest.first(10)).items().stream()
        .map(Project::key)
        .toList();
  }

  @Test
  void theDefaultProjectIsThereFromTheStart() {
    assertThat(projects.get(SYSTEM, "default")).isEqualTo(Project.createDefault(CREATED));
    assertThat(kept.records).isEmpty();
  }

  @Test
  void aCreatedProjectCanBeRead() {
    Project created = projects.create(SYSTEM, new NewProject("billing", "Billing"));
    assertThat(created)
        .isEqualTo(new Project(created.id(), "billing", "Billing", false, CREATED, CREATED, 1));
    assertThat(projects.get(SYSTEM, "billing")).isEqualTo(created);
  }

  @Test
  void theAuditOfTheNewProjectTellsOfItsCreation() {
    Project created = create("billing");
    assertThat(kept.records)
        .containsExactly(
            new AuditRecord(
                CREATED,
                created.id(),
                "key/7",
                "project.create",
                "project/billing",
                Outcome.DONE,
                "192.0.2.1",
                null,
                "{\"key\":\"billing\",\"name\":\"Name of billing\",\"archived\":false,"
                    + "\"createdAt\":\"2026-01-31T09:30:00.000Z\","
                    + "\"updatedAt\":\"2026-01-31T09:30:00.000Z\"}"));
  }

  @Test
  void aKeyIsGivenAwayOnlyOnce() {
    Project created = create("billing");
    projects.patch(SYSTEM, "billing", archive(true), ExpectedVersion.ANY);
    kept.records.clear();
    assertThatExceptionOfType(ProjectExists.class)
        .isThrownBy(() -> projects.create(SYSTEM, new NewProject("billing", "Other")))
        .withMessage("There is a project 'billing' already.")
        .extracting(ProjectExists::code)
        .isEqualTo(ErrorCode.PROJECT_EXISTS);
    assertThat(projects.get(SYSTEM, "billing").name()).isEqualTo(created.name());
    assertThat(kept.records).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, mode = Mode.EXCLUDE, names = "SYSTEM")
  void onlyTheSystemCreatesProjects(Role role) {
    Caller other = caller(role, "default", Scope.of(1));
    assertThatExceptionOfType(Forbidden.class)
        .isThrownBy(() -> projects.create(other, new NewProject("billing", "Billing")));
    assertThat(keysSeenBy(SYSTEM, ProjectFilter.ALL)).containsExactly("default");
    assertThat(kept.records).isEmpty();
  }

  @Test
  void aPatchIsStoredWithTheTimeOfTheClock() {
    Project created = create("billing");
    Instant later = clock.move(Duration.ofMinutes(3));
    Project renamed = projects.patch(SYSTEM, "billing", rename("Invoices"), ExpectedVersion.ANY);
    assertThat(renamed)
        .isEqualTo(new Project(created.id(), "billing", "Invoices", false, CREATED, later, 2));
    assertThat(projects.get(SYSTEM, "billing")).isEqualTo(renamed);
  }

  @Test
  void theAuditOfTheProjectTellsWhatAPatchChanged() {
    Project created = create("billing");
    kept.records.clear();
    Instant later = clock.move(Duration.ofMinutes(3));
    projects.patch(SYSTEM, "billing", archive(true), ExpectedVersion.ANY);
    assertThat(kept.records)
        .containsExactly(
            new AuditRecord(
                later,
                created.id(),
                "key/7",
                "project.change",
                "project/billing",
                Outcome.DONE,
                "192.0.2.1",
                "{\"key\":\"billing\",\"name\":\"Name of billing\",\"archived\":false,"
                    + "\"createdAt\":\"2026-01-31T09:30:00.000Z\","
                    + "\"updatedAt\":\"2026-01-31T09:30:00.000Z\"}",
                "{\"key\":\"billing\",\"name\":\"Name of billing\",\"archived\":true,"
                    + "\"createdAt\":\"2026-01-31T09:30:00.000Z\","
                    + "\"updatedAt\":\"2026-01-31T09:33:00.000Z\"}"));
  }

  @Test
  void aPatchThatChangesNothingKeepsVersionAndTimeAndIsNotInTheAudit() {
    Project created = create("billing");
    kept.records.clear();
    clock.move(Duration.ofMinutes(3));
    assertThat(projects.patch(SYSTEM, "billing", rename(created.name()), ExpectedVersion.ANY))
        .isEqualTo(created);
    assertThat(projects.get(SYSTEM, "billing")).isEqualTo(created);
    assertThat(kept.records).isEmpty();
  }

  @Test
  void aPatchOfAnotherVersionIsRefusedAndChangesNothing() {
    Project created = create("billing");
    kept.records.clear();
    var second = new ExpectedVersion(Set.of(2L));
    for (String name : List.of("Invoices", created.name())) {
      assertThatExceptionOfType(StaleVersion.class)
          .isThrownBy(() -> projects.patch(SYSTEM, "billing", rename(name), second));
    }
    assertThat(projects.get(SYSTEM, "billing")).isEqualTo(created);
    assertThat(kept.records).isEmpty();
  }

  @Test
  void anUnknownProjectIsNotFound() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> projects.get(SYSTEM, "billing"))
        .withMessage("There is no project 'billing'.");
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> projects.patch(SYSTEM, "billing", rename("x"), ExpectedVersion.ANY))
        .withMessage("There is no project 'billing'.");
  }

  @Test
  void anAdministratorReadsAndChangesTheOwnProject() {
    Project billing = create("billing");
    Caller admin = adminOf(billing);
    assertThat(projects.get(admin, "billing")).isEqualTo(billing);
    Project renamed = projects.patch(admin, "billing", rename("Invoices"), ExpectedVersion.ANY);
    assertThat(projects.get(SYSTEM, "billing")).isEqualTo(renamed);
  }

  @Test
  void forAnAdministratorAnotherProjectDoesNotExist() {
    Project billing = create("billing");
    Project other = create("other");
    kept.records.clear();
    Caller admin = adminOf(billing);
    // The version is one that the other project does not have, which must not show either.
    for (var expected : List.of(ExpectedVersion.ANY, new ExpectedVersion(Set.of(9L)))) {
      assertThatExceptionOfType(NotFound.class)
          .isThrownBy(() -> projects.patch(admin, "other", rename("x"), expected))
          .withMessage("There is no project 'other'.");
    }
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> projects.get(admin, "other"))
        .withMessage("There is no project 'other'.");
    assertThat(projects.get(SYSTEM, "other")).isEqualTo(other);
    assertThat(kept.records).isEmpty();
  }

  @Test
  void theSystemListsAllProjectsNewestFirst() {
    clock.move(Duration.ofMillis(1));
    create("first");
    create("second");
    projects.patch(SYSTEM, "first", archive(true), ExpectedVersion.ANY);
    assertThat(keysSeenBy(SYSTEM, ProjectFilter.ALL)).containsExactly("second", "first", "default");
    assertThat(keysSeenBy(SYSTEM, new ProjectFilter(true, null))).containsExactly("first");
  }

  @Test
  void anAdministratorListsJustTheOwnProject() {
    Project billing = create("billing");
    create("other");
    Caller admin = adminOf(billing);
    assertThat(keysSeenBy(admin, ProjectFilter.ALL)).containsExactly("billing");
    assertThat(keysSeenBy(admin, new ProjectFilter(false, null))).containsExactly("billing");
    assertThat(keysSeenBy(admin, new ProjectFilter(true, null))).isEmpty();
  }

  @Test
  void anArchivedProjectIsTakenOutOfTheArchiveByItsAdministrator() {
    Project billing = create("billing");
    projects.patch(adminOf(billing), "billing", archive(true), ExpectedVersion.ANY);
    var admin =
        new Caller("key/7", "::1", Role.ADMIN, null, "billing", true, Scope.of(billing.id()));
    assertThat(projects.patch(admin, "billing", archive(false), ExpectedVersion.ANY).archived())
        .isFalse();
  }

  @Test
  void whoeverIsLimitedToCertainJobsReadsTheOwnProjectAndChangesNone() {
    Project billing = create("billing");
    Caller narrowed = caller(Role.SYSTEM, "billing", new Scope(billing.id(), Set.of(1L)));
    assertThat(projects.get(narrowed, "billing")).isEqualTo(billing);
    assertThat(keysSeenBy(narrowed, ProjectFilter.ALL)).containsExactly("billing");
    assertThatExceptionOfType(NotFound.class).isThrownBy(() -> projects.get(narrowed, "default"));
    assertThatExceptionOfType(Forbidden.class)
        .isThrownBy(() -> projects.create(narrowed, new NewProject("new", "New")));
    assertThatExceptionOfType(Forbidden.class)
        .isThrownBy(() -> projects.patch(narrowed, "billing", archive(true), ExpectedVersion.ANY));
    assertThat(projects.get(SYSTEM, "billing")).isEqualTo(billing);
  }

  @Test
  void whoeverRemembersProjectsLearnsOfChangesAtOnce() {
    assertThat(ring.byKey("billing", repository::findByKey)).isEmpty();
    Project created = create("billing");
    assertThat(ring.byKey("billing", repository::findByKey)).contains(created);
    assertThat(ring.byId(created.id(), repository::find)).contains(created);
    Project archived = projects.patch(SYSTEM, "billing", archive(true), ExpectedVersion.ANY);
    assertThat(ring.byKey("billing", repository::findByKey)).contains(archived);
    assertThat(ring.byId(created.id(), repository::find)).contains(archived);
  }

  /** Remembers what was to be audited. */
  private static final class Kept implements AuditRepository {

    private final List<AuditRecord> records = new ArrayList<>();

    @Override
    public void append(AuditRecord record) {
      records.add(record);
    }

    @Override
    public Page<AuditEntry> list(AuditFilter filter, PageRequest request) {
      throw new UnsupportedOperationException("no project is read from the audit");
    }
  }
}
