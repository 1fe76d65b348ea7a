package io.chronotrack.key;

import static io.chronotrack.key.SampleKeys.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Only;
import io.chronotrack.access.ProjectArchived;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.Outcome;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.NewJob;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyServiceTest {

  private static final Instant START = Instant.parse("2026-01-31T09:30:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Caller ADMIN = SampleCallers.with(Role.ADMIN);
  private static final Caller SYSTEM = SampleCallers.system();

  private final TestClock clock = new TestClock(START);
  private final KeyRepository repository = new InMemoryKeyRepository();
  private final JobRepository jobs = new InMemoryJobRepository();
  private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
  private final Transactions transactions = new MemoryTransactions();
  private final KeyRing ring = new KeyRing();
  private final KeyService keys =
      new KeyService(repository, jobs, ring, HASH, new AuditLog(audit), transactions, clock);

  private IssuedKey issue(Role role) {
    return keys.issue(SYSTEM, SampleKeys.wanted(role));
  }

  private long createJob(long projectId) {
    Job job = Job.create(jobs.nextId(), projectId, new NewJob("job", null, null), START);
    jobs.insert(job);
    return job.id();
  }

  private static NewKey ofJobs(Long... ids) {
    return new NewKey("ci", Role.REPORTER, null, Set.of(ids), null);
  }

  /** The audit of a project, in its order. */
  private List<AuditRecord> records(long projectId) {
    var filter = new AuditFilter(projectId, null, null, null, null, null, null);
    List<AuditRecord> records =
        new ArrayList<>(
            audit.list(filter, PageRequest.first(100)).items().stream()
                .map(AuditEntry::record)
                .toList());
    Collections.reverse(records);
    return records;
  }

  private List<AuditRecord> records() {
    return records(1);
  }

  private List<Long> idsSeenBy(Caller caller) {
    return keys.list(caller, PageRequest.first(100)).items().stream().map(ApiKey::id).toList();
  }

  private void assertNoSuchKey(long id, ThrowingCallable call) {
    List<AuditRecord> before = records();
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(call)
        .withMessage("There is no key %d.", id);
    assertThat(records()).isEqualTo(before);
  }

  private void assertNoSuchKeyFor(Caller caller, long id) {
    assertNoSuchKey(id, () -> keys.get(caller, id));
    assertNoSuchKey(id, () -> keys.revoke(caller, id));
    assertNoSuchKey(id, () -> keys.rotate(caller, id, HOUR));
  }

  @Test
  void anIssuedKeyIsAsItWasAskedFor() {
    Long job = createJob(1);
    Instant end = START.plusMillis(1);
    var wanted = new NewKey("ci", Role.REPORTER, Only.REPORT, Set.of(job), end);
    IssuedKey issued = keys.issue(ADMIN, wanted);
    assertThat(issued.key())
        .isEqualTo(ApiKey.issue(issued.key().id(), 1, wanted, issued.text(), HASH, START));
    assertThat(KeyText.parse(issued.text().text())).contains(issued.text());
    assertThat(keys.get(ADMIN, issued.key().id())).isEqualTo(issued.key());
  }

  @Test
  void eachKeyIsAnother() {
    IssuedKey first = issue(Role.VIEWER);
    IssuedKey second = issue(Role.VIEWER);
    assertThat(second.text()).isNotEqualTo(first.text());
    assertThat(second.key().id()).isNotEqualTo(first.key().id());
  }

  @Test
  void aKeyIsIssuedInTheProjectThatTheCallerActsIn() {
    IssuedKey issued =
        keys.issue(SampleCallers.inOtherProject(Role.ADMIN), SampleKeys.wanted(Role.VIEWER));
    assertThat(issued.key().projectId()).isEqualTo(2);
    assertThat(records(2)).hasSize(1);
    assertThat(records(1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void nobodyGivesAwayMoreThanTheyHave(Role own) {
    Caller caller = SampleCallers.with(own);
    for (Role role : Role.values()) {
      if (own.includes(role)) {
        assertThat(keys.issue(caller, SampleKeys.wanted(role)).key().role()).isEqualTo(role);
      } else {
        int before = records().size();
        assertThatExceptionOfType(Forbidden.class)
            .isThrownBy(() -> keys.issue(caller, SampleKeys.wanted(role)))
            .withMessage(
                "A credential with the role %s cannot issue keys with the role %s.",
                own.roleName(), role.roleName());
        assertThat(records()).hasSize(before);
      }
    }
  }

  @Test
  void whoeverIsLimitedToCertainJobsHasNothingToDoWithKeys() {
    Long own = createJob(1);
    long other = issue(Role.VIEWER).key().id();
    int before = records().size();
    for (Role role : new Role[] {Role.ADMIN, Role.SYSTEM}) {
      Caller narrowed = SampleCallers.ofJobs(role, own);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> keys.issue(narrowed, SampleKeys.wanted(Role.VIEWER)),
              () -> keys.issue(narrowed, ofJobs(own)),
              () -> keys.list(narrowed, PageRequest.first(1)),
              () -> keys.get(narrowed, other),
              () -> keys.revoke(narrowed, other),
              () -> keys.rotate(narrowed, other, HOUR))) {
        assertThatExceptionOfType(Forbidden.class).isThrownBy(call);
      }
    }
    assertThat(records()).hasSize(before);
    assertThat(idsSeenBy(SYSTEM)).containsExactly(other);
  }

  @Test
  void aKeyAboveTheCallersRoleDoesNotExistForTheCaller() {
    long system = issue(Role.SYSTEM).key().id();
    long admin = issue(Role.ADMIN).key().id();
    long viewer = issue(Role.VIEWER).key().id();
    assertNoSuchKeyFor(ADMIN, system);
    assertThat(idsSeenBy(ADMIN)).containsExactly(viewer, admin);
    assertThat(idsSeenBy(SYSTEM)).containsExactly(viewer, admin, system);
    assertThat(keys.get(SYSTEM, system).worksAt(START)).isTrue();
  }

  @Test
  void aKeyOfAnotherProjectDoesNotExistForTheCaller() {
    long id = issue(Role.VIEWER).key().id();
    for (Role role : new Role[] {Role.ADMIN, Role.SYSTEM}) {
      Caller other = SampleCallers.inOtherProject(role);
      assertNoSuchKeyFor(other, id);
      assertThat(idsSeenBy(other)).isEmpty();
    }
    assertThat(keys.get(ADMIN, id).worksAt(START)).isTrue();
  }

  @Test
  void anUnknownKeyDoesNotExist() {
    assertNoSuchKeyFor(SYSTEM, 99);
  }

  @Test
  void theListIsPaged() {
    long first = issue(Role.VIEWER).key().id();
    long second = issue(Role.VIEWER).key().id();
    var page = keys.list(ADMIN, PageRequest.first(1));
    assertThat(page.items()).extracting(ApiKey::id).containsExactly(second);
    var rest = keys.list(ADMIN, new PageRequest(1, page.next()));
    assertThat(rest.items()).extracting(ApiKey::id).containsExactly(first);
    assertThat(rest.next()).isNull();
  }

  @Test
  void aKeyIsForJobsOfItsProjectOnly() {
    Long own = createJob(1);
    Long ofOther = createJob(2);
    for (NewKey wanted : List.of(ofJobs(ofOther), ofJobs(own, ofOther), ofJobs(own, 99L))) {
      assertThatExceptionOfType(ValidationFailed.class)
          .isThrownBy(() -> keys.issue(ADMIN, wanted))
          .satisfies(
              refusal ->
                  assertThat(refusal.members().toString())
                      .contains("/jobs", "must be ids of jobs of the key's project"));
    }
    assertThat(records()).isEmpty();
    assertThat(idsSeenBy(SYSTEM)).isEmpty();
    assertThat(keys.issue(ADMIN, ofJobs(own)).key().jobIds()).containsExactly(own);
  }

  @Test
  void anEndThatIsNotInTheFutureIsRefused() {
    for (Instant end : List.of(START, START.minusMillis(1), Instant.EPOCH)) {
      assertThatExceptionOfType(ValidationFailed.class)
          .isThrownBy(() -> keys.issue(ADMIN, SampleKeys.wanted(Role.VIEWER, end)))
          .satisfies(
              refusal ->
                  assertThat(refusal.members().toString())
                      .contains("/expiresAt", "must be in the future"));
    }
    assertThat(records()).isEmpty();
    assertThat(idsSeenBy(SYSTEM)).isEmpty();
  }

  @Test
  void anArchivedProjectTakesNoNewKeysAndOldOnesCanBeRotatedAndRevoked() {
    long id = issue(Role.VIEWER).key().id();
    Caller archived = SampleCallers.inArchivedProject(Role.ADMIN);
    assertThatExceptionOfType(ProjectArchived.class)
        .isThrownBy(() -> keys.issue(archived, SampleKeys.wanted(Role.VIEWER)));
    assertThat(idsSeenBy(SYSTEM)).containsExactly(id);
    IssuedKey next = keys.rotate(archived, id, HOUR);
    assertThat(next.key().worksAt(START)).isTrue();
    keys.revoke(archived, id);
    assertThat(keys.get(archived, id).revokedAt()).isEqualTo(START);
  }

  @Test
  void aKeyThatCouldDoNothingIsRefused() {
    var viewer = new NewKey("ci", Role.VIEWER, Only.REPORT, null, null);
    assertThatExceptionOfType(ValidationFailed.class)
        .isThrownBy(() -> keys.issue(ADMIN, viewer))
        .satisfies(
            refusal ->
                assertThat(refusal.members().toString())
                    .contains("/only", "must not be report unless the role may report"));
    assertThat(records()).isEmpty();
    for (Only only : Only.values()) {
      var reporter = new NewKey("ci", Role.REPORTER, only, null, null);
      assertThat(keys.issue(ADMIN, reporter).key().only()).isEqualTo(only);
    }
  }

  @Test
  void aRevokedKeyNeverWorksAgain() {
    long id = issue(Role.VIEWER).key().id();
    Instant later = clock.move(HOUR);
    keys.revoke(ADMIN, id);
    ApiKey revoked = keys.get(ADMIN, id);
    assertThat(revoked.revokedAt()).isEqualTo(later);
    assertThat(revoked.worksAt(START)).isFalse();
    assertThat(idsSeenBy(ADMIN)).containsExactly(id);
  }

  @Test
  void revokingAgainChangesNothingAndIsNotInTheAudit() {
    long id = issue(Role.VIEWER).key().id();
    keys.revoke(ADMIN, id);
    ApiKey revoked = keys.get(ADMIN, id);
    List<AuditRecord> before = records();
    clock.move(HOUR);
    keys.revoke(ADMIN, id);
    assertThat(keys.get(ADMIN, id)).isEqualTo(revoked);
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void aRotatedKeyHasASuccessorLikeItAndWorksForTheOverlap() {
    Long job = createJob(1);
    var wanted = new NewKey("ci", Role.REPORTER, Only.REPORT, Set.of(job), null);
    IssuedKey old = keys.issue(ADMIN, wanted);
    Instant later = clock.move(Duration.ofDays(90));
    IssuedKey next = keys.rotate(ADMIN, old.key().id(), HOUR);
    assertThat(next.text()).isNotEqualTo(old.text());
    assertThat(next.key())
        .isEqualTo(ApiKey.issue(next.key().id(), 1, wanted, next.text(), HASH, later))
        .isEqualTo(keys.get(ADMIN, next.key().id()));
    ApiKey ending = keys.get(ADMIN, old.key().id());
    assertThat(ending.expiresAt()).isEqualTo(later.plus(HOUR));
    assertThat(ending.revokedAt()).isNull();
    assertThat(ending.version()).isEqualTo(2);
  }

  @Test
  void withoutOverlapTheOldKeyStopsAtOnce() {
    IssuedKey old = issue(Role.VIEWER);
    keys.rotate(ADMIN, old.key().id(), Duration.ZERO);
    assertThat(keys.get(ADMIN, old.key().id()).worksAt(clock.instant())).isFalse();
  }

  @Test
  void anOverlapDoesNotPutOffTheEndOfTheOldKey() {
    Instant end = START.plus(HOUR);
    IssuedKey old = keys.issue(ADMIN, SampleKeys.wanted(Role.VIEWER, end));
    IssuedKey next = keys.rotate(ADMIN, old.key().id(), HOUR.multipliedBy(2));
    assertThat(keys.get(ADMIN, old.key().id())).isEqualTo(old.key());
    assertThat(next.key().expiresAt()).isEqualTo(end);
  }

  @Test
  void whatDoesNotWorkAnyMoreIsNotRotated() {
    IssuedKey revoked = issue(Role.VIEWER);
    keys.revoke(ADMIN, revoked.key().id());
    IssuedKey expired = keys.issue(ADMIN, SampleKeys.wanted(Role.VIEWER, START.plus(HOUR)));
    clock.move(HOUR);
    List<AuditRecord> before = records();
    for (IssuedKey key : List.of(revoked, expired)) {
      assertThatExceptionOfType(ValidationFailed.class)
          .isThrownBy(() -> keys.rotate(ADMIN, key.key().id(), HOUR))
          .satisfies(
              refusal ->
                  assertThat(refusal.members().toString())
                      .contains("must be a key that is neither expired nor revoked"));
    }
    assertThat(records()).isEqualTo(before);
    assertThat(idsSeenBy(SYSTEM)).hasSize(2);
  }

  @Test
  void theAuditTellsWhatWasIssuedRevokedAndRotated() {
    IssuedKey first = keys.issue(ADMIN, SampleKeys.wanted(Role.VIEWER));
    Instant second = clock.move(HOUR);
    IssuedKey next = keys.rotate(ADMIN, first.key().id(), HOUR);
    Instant third = clock.move(Duration.ofMinutes(1));
    keys.revoke(ADMIN, next.key().id());
    String created = "\"2026-01-31T09:30:00.000Z\"";
    String rotated = "\"2026-01-31T10:30:00.000Z\"";
    String firstId = Long.toString(first.key().id());
    String nextId = Long.toString(next.key().id());
    String before = json(firstId, "null", created, "null");
    String successor = json(nextId, "null", rotated, "null");
    assertThat(records())
        .containsExactly(
            entry(START, "key.create", firstId, null, before),
            entry(second, "key.create", nextId, null, successor),
            entry(
                second,
                "key.rotate",
                firstId,
                before,
                json(firstId, "\"2026-01-31T11:30:00.000Z\"", created, "null")),
            entry(
                third,
                "key.revoke",
                nextId,
                successor,
                json(nextId, "null", rotated, "\"2026-01-31T10:31:00.000Z\"")));
  }

  private static String json(String id, String expiresAt, String createdAt, String revokedAt) {
    return "{\"id\":%s,\"name\":\"ci\",\"role\":\"viewer\",\"project\":\"default\",\"only\":null,"
            .formatted(id)
        + "\"jobs\":null,\"expiresAt\":%s,\"createdAt\":%s,\"lastUsedAt\":null,\"revokedAt\":%s}"
            .formatted(expiresAt, createdAt, revokedAt);
  }

  private static AuditRecord entry(
      Instant at, String action, String id, @Nullable String before, String after) {
    return new AuditRecord(
        at, 1, "jwt/admin", action, "key/" + id, Outcome.DONE, "127.0.0.1", before, after);
  }

  @Test
  void nothingThatIsStoredHasASecretAndTheAuditHasNoHash() {
    IssuedKey first = issue(Role.VIEWER);
    IssuedKey next = keys.rotate(ADMIN, first.key().id(), HOUR);
    keys.revoke(ADMIN, first.key().id());
    for (IssuedKey issued : List.of(first, next)) {
      String secret = issued.text().text().substring(14);
      assertThat(records().toString())
          .doesNotContain(secret, issued.key().hash(), issued.key().lookup());
      assertThat(keys.get(ADMIN, issued.key().id()).toString()).doesNotContain(secret);
    }
  }

  @Test
  void whoeverRemembersKeysLearnsOfChangesAtOnce() {
    IssuedKey old = issue(Role.VIEWER);
    String lookup = old.key().lookup();
    assertThat(ring.get(lookup, repository::findByLookup)).contains(old.key());
    keys.rotate(ADMIN, old.key().id(), HOUR);
    assertThat(ring.get(lookup, repository::findByLookup))
        .contains(keys.get(ADMIN, old.key().id()));
    keys.revoke(ADMIN, old.key().id());
    assertThat(ring.get(lookup, repository::findByLookup))
        .contains(keys.get(ADMIN, old.key().id()));
  }
}
