package io.chronotrack.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.ProjectArchived;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.Outcome;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.change.Change;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.http.JsonbForm;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobServiceTest {

  private static final Caller CALLER = SampleCallers.with(Role.OPERATOR);
  private static final Instant CREATED = Instant.parse("2026-01-31T09:30:00Z");

  private final TestClock clock = new TestClock(CREATED);
  private final AuditRepository audit = new InMemoryAuditRepository();
  private final JobService jobs =
      new JobService(
          new InMemoryJobRepository(), new AuditLog(audit), new MemoryTransactions(), clock);

  private static JobPatch rename(String name) {
    return new JobPatch(Change.to(name), Change.none(), Change.none(), Change.none());
  }

  private Job create(String name) {
    return create(CALLER, name);
  }

  private Job create(Caller caller, String name) {
    return jobs.create(caller, new NewJob(name, null, null));
  }

  private List<AuditRecord> audited(long projectId) {
    var all = new AuditFilter(projectId, null, null, null, null, null, null);
    return audit.list(all, PageRequest.first(100)).items().stream()
        .map(AuditEntry::record)
        .toList();
  }

  private List<Job> all(Caller caller) {
    var search = new JobSearch(new JobQuery(JobFilter.ALL, JobSort.NEWEST_FIRST), null);
    return jobs.list(caller, search, PageRequest.first(10), false).page().items();
  }

  @Test
  void aCreatedJobCanBeRead() {
    Job created = jobs.create(CALLER, new NewJob("nightly", "all of it", "etl"));
    assertThat(created)
        .isEqualTo(
            new Job(created.id(), 1, "nightly", "all of it", "etl", false, CREATED, CREATED, 1));
    assertThat(jobs.get(CALLER, created.id())).isEqualTo(created);
  }

  @Test
  void jobsMayHaveTheSameNameAndGetDifferentIds() {
    assertThat(create("same").id()).isNotEqualTo(create("same").id());
  }

  @Test
  void aPatchIsStoredWithTheTimeOfTheClock() {
    Job created = create("nightly");
    Instant later = clock.move(Duration.ofMinutes(3));
    Job renamed = jobs.patch(CALLER, created.id(), rename("weekly"), ExpectedVersion.ANY);
    assertThat(renamed.updatedAt()).isEqualTo(later);
    assertThat(renamed.createdAt()).isEqualTo(CREATED);
    assertThat(renamed.version()).isEqualTo(2);
    assertThat(jobs.get(CALLER, created.id())).isEqualTo(renamed);
  }

  @Test
  void aPatchThatChangesNothingKeepsVersionAndTime() {
    Job created = create("nightly");
    clock.move(Duration.ofMinutes(3));
    assertThat(jobs.patch(CALLER, created.id(), rename("nightly"), ExpectedVersion.ANY))
        .isEqualTo(created);
    assertThat(jobs.get(CALLER, created.id())).isEqualTo(created);
  }

  @Test
  void aPatchOfAnotherVersionIsRefusedAndChangesNothing() {
    Job created = create("nightly");
    var second = new ExpectedVersion(Set.of(2L));
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> jobs.patch(CALLER, created.id(), rename("weekly"), second));
    assertThat(jobs.get(CALLER, created.id())).isEqualTo(created);
  }

  @Test
  void theExpectedVersionIsCheckedEvenWhenNothingWouldChange() {
    Job created = create("nightly");
    var second = new ExpectedVersion(Set.of(2L));
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> jobs.patch(CALLER, created.id(), rename("nightly"), second));
  }

  @Test
  void anUnknownJobIsNotFound() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> jobs.get(CALLER, 99))
        .withMessage("There is no job 99.");
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> jobs.patch(CALLER, 99, rename("weekly"), ExpectedVersion.ANY))
        .withMessage("There is no job 99.");
  }

  @Test
  void theListIsNewestFirst() {
    Job first = create("first");
    clock.move(Duration.ofMillis(1));
    Job second = create("second");
    Job third = create("third");
    assertThat(all(CALLER)).containsExactly(third, second, first);
  }

  @Test
  void aJobIsCreatedInTheProjectOfItsCaller() {
    Caller other = SampleCallers.inOtherProject(Role.OPERATOR);
    Job created = create(other, "nightly");
    assertThat(created.projectId()).isEqualTo(2);
    assertThat(jobs.get(other, created.id())).isEqualTo(created);
  }

  @Test
  void aJobOfAnotherProjectIsNotFoundAsIfThereWereNone() {
    Job ofOther = create(SampleCallers.inOtherProject(Role.OPERATOR), "nightly");
    for (Role role : Role.values()) {
      Caller caller = SampleCallers.with(role);
      assertThatExceptionOfType(NotFound.class)
          .isThrownBy(() -> jobs.get(caller, ofOther.id()))
          .withMessage("There is no job " + ofOther.id() + ".");
      assertThatExceptionOfType(NotFound.class)
          .isThrownBy(() -> jobs.patch(caller, ofOther.id(), rename("mine"), ExpectedVersion.ANY))
          .withMessage("There is no job " + ofOther.id() + ".");
      assertThat(all(caller)).isEmpty();
    }
    assertThat(jobs.get(SampleCallers.inOtherProject(Role.VIEWER), ofOther.id()))
        .isEqualTo(ofOther);
  }

  @Test
  void aCallerOfCertainJobsChangesTheseAndSeesNoOther() {
    Job own = create("own");
    Job hidden = create("hidden");
    Caller caller = SampleCallers.ofJobs(Role.OPERATOR, own.id());
    Job renamed = jobs.patch(caller, own.id(), rename("renamed"), ExpectedVersion.ANY);
    assertThat(all(caller)).containsExactly(renamed);
    assertThatExceptionOfType(NotFound.class).isThrownBy(() -> jobs.get(caller, hidden.id()));
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> jobs.patch(caller, hidden.id(), rename("x"), ExpectedVersion.ANY));
    assertThat(jobs.get(CALLER, hidden.id())).isEqualTo(hidden);
  }

  @Test
  void aCallerOfCertainJobsCreatesNoOther() {
    Caller caller = SampleCallers.ofJobs(Role.ADMIN, 1L);
    assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> create(caller, "another"));
    assertThat(all(CALLER)).isEmpty();
    assertThat(audited(1)).isEmpty();
  }

  @Test
  void anArchivedProjectTakesNoNewJobsButItsJobsAreStillChanged() {
    Job created = create("nightly");
    Caller caller = SampleCallers.inArchivedProject(Role.SYSTEM);
    assertThatExceptionOfType(ProjectArchived.class).isThrownBy(() -> create(caller, "another"));
    Job renamed = jobs.patch(caller, created.id(), rename("weekly"), ExpectedVersion.ANY);
    assertThat(all(CALLER)).containsExactly(renamed);
  }

  @Test
  void everyChangeIsAuditedWithWhatClientsSawBeforeAndAfter() {
    Job created = create("nightly");
    Instant later = clock.move(Duration.ofMinutes(3));
    Caller admin = SampleCallers.with(Role.ADMIN);
    Job renamed = jobs.patch(admin, created.id(), rename("weekly"), ExpectedVersion.ANY);
    String subject = "job/" + created.id();
    String first = JsonbForm.toJson(JobView.of(created));
    String second = JsonbForm.toJson(JobView.of(renamed));
    assertThat(audited(1))
        .containsExactly(
            new AuditRecord(
                later,
                1,
                admin.actor(),
                "job.change",
                subject,
                Outcome.DONE,
                admin.address(),
                first,
                second),
            new AuditRecord(
                CREATED,
                1,
                CALLER.actor(),
                "job.create",
                subject,
                Outcome.DONE,
                CALLER.address(),
                null,
                first));
    assertThat(first).contains("nightly");
    assertThat(second).contains("weekly");
  }

  @Test
  void aChangeIsAuditedInTheProjectOfItsCaller() {
    create(SampleCallers.inOtherProject(Role.OPERATOR), "nightly");
    assertThat(audited(2)).extracting(AuditRecord::projectId).containsExactly(2L);
    assertThat(audited(1)).isEmpty();
  }

  @Test
  void whatChangesNothingIsNotAudited() {
    Job created = create("nightly");
    jobs.patch(CALLER, created.id(), rename("nightly"), ExpectedVersion.ANY);
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(
            () -> jobs.patch(CALLER, created.id(), rename("x"), new ExpectedVersion(Set.of(2L))));
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> jobs.patch(CALLER, 99, rename("x"), ExpectedVersion.ANY));
    assertThat(audited(1)).extracting(AuditRecord::action).containsExactly("job.create");
  }
}
