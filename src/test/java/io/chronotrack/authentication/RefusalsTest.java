package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.RateLimited;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditService;
import io.chronotrack.audit.Outcome;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.StorageUnavailable;
import io.chronotrack.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");
  private static final String ATTEMPT = "GET /jobs";
  private static final String ADDRESS = "192.0.2.1";

  private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
  private final BreakableTransactions transactions = new BreakableTransactions();
  private final TestMeter meter = new TestMeter();
  private final Refusals refusals =
      new Refusals(new AuditService(audit, transactions), new TestClock(NOW), 3, meter);

  /** The entries of a project, oldest first. */
  private List<AuditRecord> records(long projectId) {
    var filter = new AuditFilter(projectId, null, null, null, null, null, null);
    List<AuditRecord> records =
        new ArrayList<>(
            audit.list(filter, PageRequest.first(5_000)).items().stream()
                .map(AuditEntry::record)
                .toList());
    Collections.reverse(records);
    return records;
  }

  private List<AuditRecord> ofStrangers() {
    return records(AuditFilter.INSTALLATION);
  }

  private void recordStranger(String address) {
    recordStranger(address, ATTEMPT);
  }

  private void recordStranger(String address, String attempt) {
    refusals.record(Caller.ANONYMOUS, AuditFilter.INSTALLATION, address, attempt, 401);
  }

  private void recordActor(String actor) {
    refusals.record(actor, 1, ADDRESS, ATTEMPT, 403);
  }

  private void assertMayTry(String address) {
    assertThatCode(() -> refusals.slowDown(address)).doesNotThrowAnyException();
  }

  private int secondsToWait(String address) {
    var refusal = catchThrowableOfType(RateLimited.class, () -> refusals.slowDown(address));
    assertThat(refusal)
        .hasMessage("Too many credentials that are not accepted came from this address.");
    return refusal.retryAfterSeconds().orElseThrow();
  }

  private static String after(int status, int leftOut) {
    return "{\"status\":%d,\"leftOutBefore\":%d}".formatted(status, leftOut);
  }

  @Test
  void aStrangerIsWrittenDownByAddressOutsideOfAnyProject() {
    recordStranger(ADDRESS);
    assertThat(ofStrangers())
        .containsExactly(
            new AuditRecord(
                NOW,
                0,
                "anonymous",
                "access",
                "GET /jobs",
                Outcome.REFUSED,
                ADDRESS,
                null,
                after(401, 0)));
  }

  @Test
  void aCallerIsWrittenDownByNameInTheProjectThatItActsIn() {
    refusals.record("key/9", 2, ADDRESS, "POST /jobs", 403);
    assertThat(records(2))
        .containsExactly(
            new AuditRecord(
                NOW,
                2,
                "key/9",
                "access",
                "POST /jobs",
                Outcome.REFUSED,
                ADDRESS,
                null,
                after(403, 0)));
    assertThat(ofStrangers()).isEmpty();
  }

  @Test
  void anAddressThatShowsWrongCredentialsAgainAndAgainIsToldToWait() {
    for (int i = 0; i < 3; i++) {
      assertMayTry(ADDRESS);
    }
    assertThat(secondsToWait(ADDRESS)).isBetween(20, 21);
  }

  @Test
  void whoeverHasWaitedMayTryAgain() {
    for (int i = 0; i < 3; i++) {
      assertMayTry(ADDRESS);
    }
    meter.move(Duration.ofSeconds(19));
    assertThat(secondsToWait(ADDRESS)).isBetween(1, 2);
    meter.move(Duration.ofSeconds(1));
    assertMayTry(ADDRESS);
    assertThat(secondsToWait(ADDRESS)).isBetween(20, 21);
  }

  @Test
  void otherAddressesDoNotWait() {
    for (int i = 0; i < 3; i++) {
      assertMayTry(ADDRESS);
    }
    assertThat(secondsToWait(ADDRESS)).isPositive();
    assertMayTry("192.0.2.2");
  }

  @Test
  void whatIsWrittenDownMakesNobodyWait() {
    for (int i = 0; i < 10; i++) {
      recordStranger(ADDRESS);
    }
    assertMayTry(ADDRESS);
  }

  @Test
  void anAddressHasTwentyEntriesAndGetsThemBackWithinAnHour() {
    for (int i = 0; i < 25; i++) {
      recordStranger(ADDRESS);
    }
    assertThat(ofStrangers()).hasSize(20);
    meter.move(Duration.ofMinutes(3));
    recordStranger(ADDRESS);
    recordStranger(ADDRESS);
    assertThat(ofStrangers()).hasSize(21);
    meter.move(Duration.ofHours(2));
    for (int i = 0; i < 25; i++) {
      recordStranger(ADDRESS);
    }
    assertThat(ofStrangers()).hasSize(41);
  }

  @Test
  void theNextEntryTellsHowManyOfTheSameWereLeftOut() {
    for (int i = 0; i < 25; i++) {
      recordStranger(ADDRESS);
    }
    recordStranger("192.0.2.2");
    meter.move(Duration.ofMinutes(6));
    recordStranger(ADDRESS);
    recordStranger(ADDRESS);
    assertThat(ofStrangers())
        .extracting(AuditRecord::after)
        .endsWith(after(401, 0), after(401, 5), after(401, 0));
    assertThat(ofStrangers()).filteredOn(AuditRecord::after, after(401, 5)).hasSize(1);
  }

  @Test
  void anActorHasTwentyEntriesWhateverOthersDo() {
    for (int i = 0; i < 30; i++) {
      recordStranger(ADDRESS);
    }
    for (int i = 0; i < 25; i++) {
      recordActor("key/1");
    }
    assertThat(records(1)).hasSize(20);
    recordActor("key/2");
    assertThat(records(1)).hasSize(21);
  }

  @Test
  void allStrangersTogetherHaveAThousandEntriesADay() {
    for (int i = 0; i < 1_200; i++) {
      recordStranger("192.0.2." + i);
    }
    assertThat(ofStrangers()).hasSize(1_000);
    // Those with a credential still have theirs.
    recordActor("key/1");
    assertThat(records(1)).extracting(AuditRecord::after).containsExactly(after(403, 0));
    meter.move(Duration.ofDays(1));
    recordStranger("198.51.100.1");
    assertThat(ofStrangers()).hasSize(1_001);
  }

  @Test
  void aStoreThatCannotBeWrittenHarmsNobodyAndIsCounted() {
    transactions.broken = true;
    recordStranger(ADDRESS);
    recordStranger(ADDRESS);
    transactions.broken = false;
    recordStranger(ADDRESS);
    assertThat(ofStrangers()).extracting(AuditRecord::after).containsExactly(after(401, 2));
  }

  @Test
  void aCredentialInThePathIsNotWrittenDown() {
    String key = "ct_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcd27r5dZ";
    String token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    recordStranger(ADDRESS, "GET /jobs/" + key + "/runs");
    recordStranger(ADDRESS, "GET /" + token);
    recordStranger(ADDRESS, "GET /" + "x".repeat(185) + "/" + key);
    assertThat(ofStrangers())
        .extracting(AuditRecord::subject)
        .startsWith("GET /jobs/[redacted]/runs", "GET /[redacted]")
        .noneMatch(subject -> subject.contains("ct_") || subject.contains("eyJ"));
  }

  @Test
  void aLongPathIsCutAtTheEndOfACharacter() {
    recordStranger(ADDRESS, "GET /" + "x".repeat(195));
    recordStranger(ADDRESS, "GET /" + "x".repeat(196));
    recordStranger(ADDRESS, "GET /" + "😀".repeat(300));
    assertThat(ofStrangers())
        .extracting(AuditRecord::subject)
        .containsExactly(
            "GET /" + "x".repeat(195),
            "GET /" + "x".repeat(194) + "…",
            "GET /" + "😀".repeat(194) + "…");
  }

  /** Writes only while it is whole. */
  private static final class BreakableTransactions implements Transactions {

    private final Transactions inner = new MemoryTransactions();
    private boolean broken;

    @Override
    public <T> T write(Supplier<T> command) {
      if (broken) {
        throw new StorageUnavailable("The disk is full.", null);
      }
      return inner.write(command);
    }

    @Override
    public <T> T read(Supplier<T> query) {
      return inner.read(query);
    }

    @Override
    public void onCommit(Runnable action) {
      inner.onCommit(action);
    }
  }
}
