package io.chronotrack.key;

import static io.chronotrack.key.SampleKeys.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.config.AccessSettings;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.Secret;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class FirstKeyServiceTest {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");
  private static final AccessSettings ON = new AccessSettings(true, null, null, 0, 0, 20);

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final KeyRepository repository = new InMemoryKeyRepository();
  private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
  private final Transactions transactions = new MemoryTransactions();
  private final KeyText configured = SampleKeys.text();
  private final FirstKeyService first = start(HASH);

  /** What another start of the service has. */
  private FirstKeyService start(KeyHash hash) {
    return new FirstKeyService(repository, hash, new AuditLog(audit), transactions, clock);
  }

  private static AccessSettings withAdminKey(boolean required, String key) {
    return new AccessSettings(required, new Secret(key), null, 0, 0, 20);
  }

  private List<ApiKey> stored() {
    return repository.list(1, EnumSet.allOf(Role.class), PageRequest.first(100)).items();
  }

  private List<AuditRecord> records() {
    var filter = new AuditFilter(1, null, null, null, null, null, null);
    return audit.list(filter, PageRequest.first(100)).items().stream()
        .map(AuditEntry::record)
        .toList();
  }

  private void store(NewKey wanted, KeyText text) {
    repository.insert(SampleKeys.issued(repository.nextId(), 1, wanted, text, NOW));
  }

  private void revoke(ApiKey key) {
    new KeyService(
            repository,
            new InMemoryJobRepository(),
            new KeyRing(),
            HASH,
            new AuditLog(audit),
            transactions,
            clock)
        .revoke(SampleCallers.system(), key.id());
  }

  @Test
  void theFirstStartMakesAnAdministratorsKey() {
    KeyText made = first.prepare(ON).orElseThrow();
    var wanted = new NewKey("administrator", Role.SYSTEM, null, null, null);
    assertThat(stored())
        .containsExactly(SampleKeys.issued(stored().get(0).id(), 1, wanted, made, NOW));
  }

  @Test
  void theKeyThatWasMadeOpensTheDoor() {
    KeyText made = first.prepare(ON).orElseThrow();
    var login = new KeyLoginService(repository, new KeyRing(), HASH, transactions, clock);
    assertThat(login.find(made.text()).map(ApiKey::role)).contains(Role.SYSTEM);
  }

  @Test
  void theNextStartMakesNone() {
    first.prepare(ON);
    assertThat(start(HASH).prepare(ON)).isEmpty();
    assertThat(stored()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, mode = Mode.EXCLUDE, names = "SYSTEM")
  void keysThatCannotAdministerEverythingAreNotEnough(Role role) {
    store(SampleKeys.wanted(role), SampleKeys.text());
    assertThat(first.prepare(ON)).isPresent();
  }

  @Test
  void aStartWhereNobodyCanAdministerAnyMoreMakesAKeyAgain() {
    first.prepare(ON);
    revoke(stored().get(0));
    assertThat(start(HASH).prepare(ON)).isPresent();
    assertThat(stored()).hasSize(2);
  }

  @Test
  void whileEverybodyMayDoEverythingNoKeyIsMade() {
    assertThat(first.prepare(AccessSettings.OPEN)).isEmpty();
    assertThat(stored()).isEmpty();
    assertThat(records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConfiguredKeyIsStoredOnceAndNotTold(boolean required) {
    AccessSettings settings = withAdminKey(required, configured.text());
    assertThat(first.prepare(settings)).isEmpty();
    assertThat(start(HASH).prepare(settings)).isEmpty();
    assertThat(stored()).hasSize(1);
    assertThat(stored().get(0).role()).isEqualTo(Role.SYSTEM);
    assertThat(stored().get(0).lookup()).isEqualTo(configured.lookup());
    assertThat(records()).hasSize(1);
  }

  @Test
  void anotherConfiguredKeyIsStoredBesideTheFirst() {
    first.prepare(withAdminKey(true, configured.text()));
    start(HASH).prepare(withAdminKey(true, SampleKeys.text().text()));
    assertThat(stored()).hasSize(2);
  }

  @Test
  void aConfiguredKeyThatWasRevokedIsNotBroughtBack() {
    AccessSettings settings = withAdminKey(true, configured.text());
    first.prepare(settings);
    revoke(stored().get(0));
    assertThat(start(HASH).prepare(settings)).isEmpty();
    assertThat(stored()).hasSize(1);
    assertThat(stored().get(0).worksAt(NOW)).isFalse();
  }

  @Test
  void aConfiguredKeyThatWasIssuedForLessIsRefused() {
    store(SampleKeys.wanted(Role.ADMIN), configured);
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> first.prepare(withAdminKey(true, configured.text())))
        .withMessage("ADMIN_KEY must be a new key, or the administrator's as it was made");
    assertThat(stored()).hasSize(1);
  }

  @Test
  void aConfiguredKeyWithTheLookupOfAnotherIsRefused() {
    KeyText other = new KeyText(configured.lookup(), SampleKeys.text().text());
    store(SampleKeys.wanted(Role.SYSTEM), other);
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> first.prepare(withAdminKey(true, configured.text())))
        .withMessage("ADMIN_KEY must be a new key, or the administrator's as it was made");
  }

  @Test
  void whatIsNoKeyIsRefusedAndNotShown() {
    String text = configured.text();
    String wrongChecksum = text.substring(0, 49) + (text.endsWith("0") ? "1" : "0");
    for (String wrong : Set.of("secret", "ct_", wrongChecksum, text + "0")) {
      assertThatExceptionOfType(InvalidSetting.class)
          .isThrownBy(() -> first.prepare(withAdminKey(true, wrong)))
          .withMessage("ADMIN_KEY must be a key as 'chronotrack.jar --new-key' makes it");
    }
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherHashSecretThanBeforeIsRefusedBeforeAnythingIsStored(boolean required) {
    first.prepare(AccessSettings.OPEN);
    var other = start(new KeyHash(new Secret("x".repeat(32))));
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> other.prepare(withAdminKey(required, configured.text())))
        .withMessageStartingWith(
            "HASH_SECRET must be the secret that the keys in this database were hashed with")
        .withMessageNotContaining("xxx");
    assertThat(stored()).isEmpty();
    // The right one still works.
    assertThat(start(HASH).prepare(ON)).isPresent();
  }

  @Test
  void theAuditTellsOfTheKeyAndHasNothingOfItsSecret() {
    KeyText made = first.prepare(ON).orElseThrow();
    ApiKey key = stored().get(0);
    assertThat(records()).hasSize(1);
    AuditRecord record = records().get(0);
    assertThat(record.actor()).isEqualTo("startup");
    assertThat(record.action()).isEqualTo("key.create");
    assertThat(record.subject()).isEqualTo("key/" + key.id());
    assertThat(record.before()).isNull();
    assertThat(record.after()).contains("\"role\":\"system\"", "\"name\":\"administrator\"");
    assertThat(record.toString())
        .doesNotContain(made.text().substring(14), key.hash(), key.lookup());
  }
}
