package io.chronotrack.key;

import static io.chronotrack.key.SampleKeys.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.config.Secret;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.StorageUnavailable;
import io.chronotrack.storage.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class KeyLoginServiceTest {

  private static final Instant START = Instant.parse("2026-01-31T09:30:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = new TestClock(START);
  private final InMemoryKeyRepository repository = new InMemoryKeyRepository();
  private final KeyRing ring = new KeyRing();
  private final WatchedTransactions transactions = new WatchedTransactions();
  private final KeyLoginService login = login(ring, HASH);

  private final KeyText text = SampleKeys.text();
  private final ApiKey key = store(SampleKeys.wanted(Role.REPORTER, START.plus(HOUR)), text);

  private KeyLoginService login(KeyRing itsRing, KeyHash hash) {
    return new KeyLoginService(repository, itsRing, hash, transactions, clock);
  }

  private KeyService keys(KeyRing itsRing) {
    return new KeyService(
        repository,
        new InMemoryJobRepository(),
        itsRing,
        HASH,
        new AuditLog(new InMemoryAuditRepository()),
        transactions,
        clock);
  }

  private ApiKey store(NewKey wanted, KeyText shown) {
    ApiKey stored = SampleKeys.issued(repository.nextId(), 2, wanted, shown, START);
    repository.insert(stored);
    return stored;
  }

  private Optional<Long> found(KeyText shown) {
    return login.find(shown.text()).map(ApiKey::id);
  }

  private ApiKey stored(ApiKey wanted) {
    return repository.find(wanted.projectId(), wanted.id()).orElseThrow();
  }

  @Test
  void aKeyThatIsStoredWorks() {
    assertThat(login.find(text.text())).contains(key);
  }

  @Test
  void askingAgainDoesNotReachTheStore() {
    found(text);
    found(text);
    int before = transactions.reads;
    assertThat(found(text)).contains(key.id());
    assertThat(transactions.reads).isEqualTo(before);
  }

  @Test
  void aKeyWorksUntilItsEnd() {
    assertThat(found(text)).isPresent();
    clock.move(HOUR.minusMillis(1));
    assertThat(found(text)).isPresent();
    clock.move(Duration.ofMillis(1));
    assertThat(found(text)).isEmpty();
  }

  @Test
  void theRightLookupWithAnotherSecretDoesNotWork() {
    String other = withLookup(SampleKeys.text().text(), text.lookup());
    assertThat(KeyText.parse(other).map(KeyText::lookup)).contains(text.lookup());
    assertThat(login.find(other)).isEmpty();
    assertThat(stored(key).lastUsedAt()).isNull();
    assertThat(found(text)).isPresent();
  }

  /** A key with this lookup and the secret of another, with the checksum that it has to have. */
  private static String withLookup(String other, String lookup) {
    String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    String unchecked = "ct_" + lookup + other.substring(13, 44);
    var crc = new CRC32();
    crc.update(unchecked.getBytes(StandardCharsets.US_ASCII));
    var checksum = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < 6; i++) {
      checksum.insert(0, digits.charAt((int) (rest % 62)));
      rest /= 62;
    }
    return unchecked + checksum;
  }

  @Test
  void anUnknownKeyDoesNotWorkAndReachesTheStoreOnce() {
    KeyText unknown = SampleKeys.text();
    assertThat(found(unknown)).isEmpty();
    assertThat(transactions.reads).isEqualTo(1);
    assertThat(found(unknown)).isEmpty();
    assertThat(transactions.reads).isEqualTo(1);
  }

  @Test
  void whatIsNoKeyDoesNotReachTheStore() {
    assertThat(login.find("ct_" + text.lookup())).isEmpty();
    assertThat(login.find(text.text().substring(0, 49) + "!")).isEmpty();
    assertThat(login.find("")).isEmpty();
    assertThat(transactions.reads).isZero();
  }

  @Test
  void aKeyThatWasUnknownWorksAsSoonAsItIsIssuedHere() {
    var issued = keys(ring).issue(SampleCallers.system(), SampleKeys.wanted(Role.VIEWER));
    assertThat(found(issued.text())).contains(issued.key().id());
  }

  @Test
  void aKeyThatIsRevokedHereStopsAtOnce() {
    assertThat(found(text)).isPresent();
    keys(ring).revoke(SampleCallers.inOtherProject(Role.ADMIN), key.id());
    assertThat(found(text)).isEmpty();
  }

  @Test
  void aKeyThatAnotherInstanceRevokesStopsOnceItIsReadAgain() {
    found(text);
    assertThat(found(text)).isPresent();
    keys(new KeyRing()).revoke(SampleCallers.inOtherProject(Role.ADMIN), key.id());
    assertThat(found(text)).isPresent();
    // What RecentReads does by itself when its longest age is over.
    ring.forget(text.lookup());
    assertThat(found(text)).isEmpty();
  }

  @Test
  void aRotatedKeyWorksForTheOverlap() {
    IssuedKey next =
        keys(ring)
            .rotate(SampleCallers.inOtherProject(Role.ADMIN), key.id(), Duration.ofMinutes(5));
    clock.move(Duration.ofMinutes(5).minusMillis(1));
    assertThat(found(text)).contains(key.id());
    assertThat(found(next.text())).contains(next.key().id());
    clock.move(Duration.ofMillis(1));
    assertThat(found(text)).isEmpty();
    assertThat(found(next.text())).contains(next.key().id());
  }

  @Test
  void aKeyThatWasHashedWithAnotherSecretDoesNotWork() {
    KeyHash other = new KeyHash(new Secret("x".repeat(32)));
    assertThat(login(new KeyRing(), other).find(text.text())).isEmpty();
  }

  @Test
  void theFirstUseIsWrittenDown() {
    found(text);
    assertThat(stored(key).lastUsedAt()).isEqualTo(START);
    assertThat(transactions.writes).isEqualTo(1);
  }

  @Test
  void furtherUsesWithinAnHourAreNot() {
    for (int i = 0; i < 60; i++) {
      found(text);
      clock.move(Duration.ofSeconds(59));
    }
    assertThat(stored(key).lastUsedAt()).isEqualTo(START);
    assertThat(transactions.writes).isEqualTo(1);
  }

  @Test
  void whatAnotherInstanceHasWrittenDownIsNotWrittenAgain() {
    repository.update(stored(key).usedAt(START.minus(HOUR)));
    found(text);
    assertThat(transactions.writes).isZero();
  }

  @Test
  void aUseOfMoreThanAnHourAgoIsReplaced() {
    repository.update(stored(key).usedAt(START.minus(HOUR).minusMillis(1)));
    found(text);
    assertThat(stored(key).lastUsedAt()).isEqualTo(START);
  }

  @Test
  void whatDoesNotWorkIsNotUsed() {
    keys(ring).revoke(SampleCallers.inOtherProject(Role.ADMIN), key.id());
    int before = transactions.writes;
    found(text);
    assertThat(stored(key).lastUsedAt()).isNull();
    assertThat(transactions.writes).isEqualTo(before);
  }

  @Test
  void aUseIsWrittenDownWithoutUndoingARevocationThatCameBetween() {
    // This instance does not know yet that another one has revoked the key.
    assertThat(ring.get(text.lookup(), repository::findByLookup)).contains(key);
    keys(new KeyRing()).revoke(SampleCallers.inOtherProject(Role.ADMIN), key.id());
    assertThat(found(text)).isPresent();
    assertThat(stored(key).revokedAt()).isEqualTo(START);
    assertThat(stored(key).lastUsedAt()).isEqualTo(START);
    // Writing it down has made the instance look.
    assertThat(found(text)).isEmpty();
  }

  @Test
  void aStoreThatCannotWriteDoesNotRefuseAnybody() {
    transactions.writable = false;
    assertThat(found(text)).isPresent();
    assertThat(found(text)).isPresent();
    assertThat(transactions.writes).isEqualTo(1);
    assertThat(stored(key).lastUsedAt()).isNull();
  }

  @Test
  void aStoreThatCannotBeReadIsNotTakenForAnUnknownKey() {
    transactions.readable = false;
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> found(text));
    transactions.readable = true;
    assertThat(found(text)).isPresent();
  }

  /** Counts what is asked for, and fails when told. */
  private static final class WatchedTransactions implements Transactions {

    private final Transactions inner = new MemoryTransactions();
    private boolean writable = true;
    private boolean readable = true;
    private int writes;
    private int reads;

    @Override
    public <T> T write(Supplier<T> command) {
      writes++;
      if (!writable) {
        throw new StorageUnavailable("The disk is full.", null);
      }
      return inner.write(command);
    }

    @Override
    public <T> T read(Supplier<T> query) {
      reads++;
      if (!readable) {
        throw new StorageUnavailable("The database is away.", null);
      }
      return inner.read(query);
    }

    @Override
    public void onCommit(Runnable action) {
      inner.onCommit(action);
    }
  }
}
