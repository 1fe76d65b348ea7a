package io.chronotrack.key.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.key.ApiKey;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.key.NewKey;
import io.chronotrack.key.SampleKeys;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link KeyRepository} promises.
 *
 * <p>The repository need not be empty: each test looks only at keys of its own, which it tells by a
 * name that no other has.
 */
@Timeout(120)
public abstract class KeyRepositoryContract {

  private static final long PROJECT = SampleCallers.DEFAULT.projectId();
  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");
  private static final Set<Role> ALL = EnumSet.allOf(Role.class);

  private final String mine = UUID.randomUUID().toString();

  /** The repository under test. */
  protected abstract KeyRepository repository();

  /** The transactions that it takes part in. */
  protected abstract Transactions transactions();

  /** A project beside the default one, as the store has it. */
  protected abstract Scope otherProject();

  /** A repository without any key, and the transactions that it takes part in. */
  protected abstract Store emptyStore() throws SQLException;

  /** Runs what a test does side by side, each in a thread of its own. */
  protected Executor threads() {
    return task -> new Thread(task, "contract").start();
  }

  /** What a test needs that asks for an empty repository; closed by the test. */
  protected record Store(KeyRepository repository, Transactions transactions, Closing closing)
      implements AutoCloseable {

    @Override
    public void close() throws SQLException {
      closing.close();
    }
  }

  /** Gives back what a repository works on. */
  protected interface Closing {
    void close() throws SQLException;
  }

  private ApiKey key(long projectId, Role role, Instant createdAt) {
    var wanted = new NewKey(mine, role, null, null, null);
    return SampleKeys.issued(
        repository().nextId(), projectId, wanted, SampleKeys.text(), createdAt);
  }

  private ApiKey insert(long projectId, Role role, Instant createdAt) {
    return transactions()
        .write(
            () -> {
              ApiKey key = key(projectId, role, createdAt);
              repository().insert(key);
              return key;
            });
  }

  private ApiKey insert(Instant createdAt) {
    return insert(PROJECT, Role.VIEWER, createdAt);
  }

  private ApiKey insert(ApiKey key) {
    return transactions()
        .write(
            () -> {
              repository().insert(key);
              return key;
            });
  }

  private void update(ApiKey key) {
    transactions()
        .write(
            () -> {
              repository().update(key);
              return key;
            });
  }

  private Optional<ApiKey> find(long id) {
    return find(PROJECT, id);
  }

  private Optional<ApiKey> find(long projectId, long id) {
    return transactions().read(() -> repository().find(projectId, id));
  }

  private Optional<ApiKey> findForUpdate(long projectId, long id) {
    return transactions().write(() -> repository().findForUpdate(projectId, id));
  }

  private Optional<ApiKey> findByLookup(String lookup) {
    return transactions().read(() -> repository().findByLookup(lookup));
  }

  private Page<ApiKey> list(long projectId, Set<Role> roles, PageRequest request) {
    return transactions().read(() -> repository().list(projectId, roles, request));
  }

  private List<ApiKey> allOfMine(long projectId, Set<Role> roles) {
    List<ApiKey> all = new ArrayList<>();
    Position after = null;
    do {
      Page<ApiKey> page = list(projectId, roles, new PageRequest(3, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all.stream().filter(key -> key.name().equals(mine)).toList();
  }

  private long unknownId() {
    return transactions().write(() -> repository().nextId());
  }

  /** The key after some change. */
  private static ApiKey changed(
      ApiKey key,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {
    return new ApiKey(
        key.id(),
        key.projectId(),
        key.name(),
        key.lookup(),
        key.hash(),
        key.role(),
        key.only(),
        key.jobIds(),
        key.createdAt(),
        expiresAt,
        lastUsedAt,
        revokedAt,
        key.version() + 1);
  }

  private static ApiKey used(ApiKey key, Instant at) {
    return changed(key, key.expiresAt(), at, key.revokedAt());
  }

  private static ApiKey revoked(ApiKey key) {
    return changed(key, key.expiresAt(), key.lastUsedAt(), NOW.plusSeconds(1));
  }

  @Test
  void anInsertedKeyIsFoundAsItWas() {
    var wanted =
        new NewKey("näme 😀", Role.OPERATOR, Only.READ, Set.of(12L, 3L, (1L << 53) - 1), NOW);
    ApiKey key = insert(SampleKeys.issued(unknownId(), PROJECT, wanted, SampleKeys.text(), NOW));
    assertThat(find(key.id())).contains(key);
    assertThat(findForUpdate(PROJECT, key.id())).contains(key);
    assertThat(findByLookup(key.lookup())).contains(key);
  }

  @Test
  void everyRoleAndEveryNarrowingIsKept() {
    for (Role role : Role.values()) {
      for (Only only : Only.values()) {
        var wanted = new NewKey(mine, role, only, Set.of(1L), null);
        ApiKey key =
            insert(SampleKeys.issued(unknownId(), PROJECT, wanted, SampleKeys.text(), NOW));
        assertThat(find(key.id())).contains(key);
      }
    }
  }

  @Test
  void whatIsUnsetStaysUnset() {
    ApiKey key = insert(NOW);
    assertThat(Stream.of(key.only(), key.jobIds(), key.expiresAt(), key.lastUsedAt()))
        .containsOnlyNulls();
    assertThat(find(key.id())).contains(key);
  }

  @Test
  void theRunningTransactionSeesWhatItInserted() {
    transactions()
        .write(
            () -> {
              ApiKey key = key(PROJECT, Role.ADMIN, NOW);
              repository().insert(key);
              assertThat(repository().findForUpdate(PROJECT, key.id())).contains(key);
              return key;
            });
  }

  @Test
  void whatIsUnknownIsEmpty() {
    long unknown = unknownId();
    for (long id : new long[] {unknown, Long.MAX_VALUE, 0}) {
      assertThat(find(id)).isEmpty();
      assertThat(findForUpdate(PROJECT, id)).isEmpty();
    }
    assertThat(findByLookup(SampleKeys.text().lookup())).isEmpty();
  }

  @Test
  void lookupsCompareExactly() {
    ApiKey key = insert(NOW);
    String lookup = key.lookup();
    for (String close :
        List.of(swapCase(lookup), lookup + " ", lookup.substring(1), "%", "", "__________")) {
      assertThat(findByLookup(close)).as(close).isEmpty();
    }
  }

  private static String swapCase(String text) {
    // Has at least one letter, but for one key out of many millions.
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.equals(text) ? text.toLowerCase(Locale.ROOT) + "x" : upper;
  }

  @Test
  void idsGrow() {
    long first = unknownId();
    ApiKey key = insert(NOW);
    assertThat(key.id()).isGreaterThan(first);
    assertThat(unknownId()).isGreaterThan(key.id());
  }

  @Test
  void aKeyIsFoundInItsOwnProjectOnly() {
    long other = otherProject().projectId();
    ApiKey own = insert(NOW);
    ApiKey ofOther = insert(other, Role.VIEWER, NOW);
    assertThat(find(other, ofOther.id())).contains(ofOther);
    assertThat(findForUpdate(other, ofOther.id())).contains(ofOther);
    assertThat(find(ofOther.id())).isEmpty();
    assertThat(findForUpdate(PROJECT, ofOther.id())).isEmpty();
    assertThat(find(other, own.id())).isEmpty();
    assertThat(findForUpdate(other, own.id())).isEmpty();
  }

  @Test
  void theLookupFindsAKeyOfWhateverProject() {
    ApiKey own = insert(NOW);
    ApiKey ofOther = insert(otherProject().projectId(), Role.VIEWER, NOW);
    assertThat(findByLookup(own.lookup())).contains(own);
    assertThat(findByLookup(ofOther.lookup())).contains(ofOther);
  }

  @Test
  void aLookupIsGivenAwayOnlyOnce() {
    ApiKey first = insert(NOW);
    ApiKey second = key(otherProject().projectId(), Role.SYSTEM, NOW);
    ApiKey imitation =
        new ApiKey(
            second.id(),
            second.projectId(),
            second.name(),
            first.lookup(),
            second.hash(),
            second.role(),
            null,
            null,
            NOW,
            null,
            null,
            null,
            1);
    assertThatThrownBy(() -> insert(imitation)).isInstanceOf(RuntimeException.class);
    assertThat(findByLookup(first.lookup())).contains(first);
    assertThat(find(imitation.projectId(), imitation.id())).isEmpty();
  }

  @Test
  void anUpdateReplacesEverythingThatCanChange() {
    ApiKey key = insert(NOW);
    ApiKey changed = changed(key, NOW.plusMillis(1), NOW.plusMillis(2), NOW.plusMillis(3));
    update(changed);
    assertThat(find(key.id())).contains(changed);
    assertThat(findByLookup(key.lookup())).contains(changed);
    assertThat(changed.version()).isEqualTo(2);
  }

  @Test
  void theRunningTransactionSeesWhatItUpdated() {
    ApiKey key = insert(NOW);
    transactions()
        .write(
            () -> {
              ApiKey changed = revoked(key);
              repository().update(changed);
              assertThat(repository().findForUpdate(PROJECT, key.id()).map(ApiKey::revokedAt))
                  .contains(NOW.plusSeconds(1));
              return changed;
            });
  }

  @Test
  void aStaleSaveChangesNothing() {
    ApiKey key = insert(NOW);
    ApiKey revoked = revoked(key);
    update(revoked);
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> update(used(key, NOW)))
        .withMessageContaining("version is now 2");
    assertThat(find(key.id())).contains(revoked);
  }

  @Test
  void aSaveThatSkipsAVersionChangesNothing() {
    ApiKey key = insert(NOW);
    ApiKey third = revoked(used(key, NOW));
    assertThatExceptionOfType(StaleVersion.class).isThrownBy(() -> update(third));
    assertThat(find(key.id())).contains(key);
  }

  @Test
  void aSaveOfAnUnknownKeyIsStaleAndAddsNothing() {
    ApiKey unknown = revoked(key(PROJECT, Role.VIEWER, NOW));
    assertThatExceptionOfType(StaleVersion.class).isThrownBy(() -> update(unknown));
    assertThat(find(unknown.id())).isEmpty();
    assertThat(findByLookup(unknown.lookup())).isEmpty();
  }

  @Test
  void theListIsNewestFirstAndThenByHighestId() {
    ApiKey old = insert(NOW.minusSeconds(1));
    ApiKey first = insert(NOW);
    ApiKey second = insert(NOW);
    ApiKey older = insert(NOW.minusSeconds(2));
    assertThat(allOfMine(PROJECT, ALL)).containsExactly(second, first, old, older);
  }

  @Test
  void theListShowsWhatWasUpdatedInItsOldPlace() {
    ApiKey first = insert(NOW);
    ApiKey second = insert(NOW);
    ApiKey revoked = revoked(first);
    update(revoked);
    assertThat(allOfMine(PROJECT, ALL)).containsExactly(second, revoked);
  }

  @Test
  void theListHasKeysOfTheWantedRolesOnly() {
    Map<Role, ApiKey> keys = new EnumMap<>(Role.class);
    ALL.forEach(role -> keys.put(role, insert(PROJECT, role, NOW)));
    keys.forEach(
        (role, key) -> assertThat(allOfMine(PROJECT, EnumSet.of(role))).containsExactly(key));
    assertThat(allOfMine(PROJECT, EnumSet.of(Role.VIEWER, Role.ADMIN)))
        .extracting(ApiKey::role)
        .containsExactly(Role.ADMIN, Role.VIEWER);
    assertThat(allOfMine(PROJECT, ALL)).containsExactlyInAnyOrderElementsOf(keys.values());
  }

  @Test
  void eachProjectHasAListOfItsOwn() {
    long other = otherProject().projectId();
    List<ApiKey> own = new ArrayList<>();
    List<ApiKey> ofOther = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Taking turns, so that each page would have some of both.
      own.add(0, insert(PROJECT, Role.ADMIN, NOW));
      ofOther.add(0, insert(other, Role.ADMIN, NOW));
    }
    assertThat(allOfMine(PROJECT, ALL)).containsExactlyElementsOf(own);
    assertThat(allOfMine(other, ALL)).containsExactlyElementsOf(ofOther);
  }

  @Test
  void aPositionInTheListOfAnotherProjectShowsNothingOfIt() {
    long other = otherProject().projectId();
    Instant future = NOW.plusSeconds(1_000_000);
    insert(PROJECT, Role.VIEWER, future);
    insert(other, Role.VIEWER, future);
    insert(other, Role.VIEWER, future);
    Position after = list(other, ALL, PageRequest.first(1)).next();
    assertThat(after).isNotNull();
    assertThat(list(PROJECT, ALL, new PageRequest(50, after)).items())
        .allMatch(key -> key.projectId() == PROJECT);
  }

  @Test
  void aPageThatIsJustFullHasNoNext() throws Exception {
    try (Store store = emptyStore()) {
      for (int i = 0; i < 2; i++) {
        insertInto(store, Role.VIEWER);
      }
      assertThat(listOf(store, 2).next()).isNull();
      assertThat(listOf(store, 1).next()).isNotNull();
    }
  }

  private static Page<ApiKey> listOf(Store store, int limit) {
    return store
        .transactions()
        .read(() -> store.repository().list(PROJECT, ALL, PageRequest.first(limit)));
  }

  @Test
  void pagingGoesThroughAllWithoutGapOrDoubleWhileKeysAreAdded() {
    List<ApiKey> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // Several of the same millisecond, so that pages end between them.
      before.add(0, insert(NOW.plusMillis(i / 6)));
    }
    List<ApiKey> seen = new ArrayList<>();
    Position after = null;
    do {
      Page<ApiKey> page = list(PROJECT, ALL, new PageRequest(3, after));
      seen.addAll(page.items());
      after = page.next();
      insert(NOW.plusSeconds(1_000));
    } while (after != null);
    assertThat(seen).doesNotHaveDuplicates().containsSubsequence(before);
  }

  private static ApiKey insertInto(Store store, Role role) {
    return store
        .transactions()
        .write(
            () -> {
              ApiKey key =
                  SampleKeys.issued(
                      store.repository().nextId(),
                      PROJECT,
                      SampleKeys.wanted(role),
                      SampleKeys.text(),
                      NOW);
              store.repository().insert(key);
              return key;
            });
  }

  private static boolean hasUsable(Store store, Role role) {
    return store.transactions().read(() -> store.repository().hasUsable(role));
  }

  @Test
  void aRoleHasAUsableKeyUntilItsLastOneIsRevoked() throws Exception {
    try (Store store = emptyStore()) {
      assertThat(hasUsable(store, Role.SYSTEM)).isFalse();
      insertInto(store, Role.ADMIN);
      assertThat(hasUsable(store, Role.SYSTEM)).isFalse();
      assertThat(hasUsable(store, Role.ADMIN)).isTrue();
      List<ApiKey> keys = List.of(insertInto(store, Role.SYSTEM), insertInto(store, Role.SYSTEM));
      for (ApiKey key : keys) {
        assertThat(hasUsable(store, Role.SYSTEM)).isTrue();
        store
            .transactions()
            .write(
                () -> {
                  store.repository().update(revoked(key));
                  return key;
                });
      }
      assertThat(hasUsable(store, Role.SYSTEM)).isFalse();
      assertThat(hasUsable(store, Role.ADMIN)).isTrue();
    }
  }

  @Test
  void theSecretCheckIsStoredOnceAndForAll() throws Exception {
    try (Store store = emptyStore()) {
      assertThat(secretCheck(store)).isEmpty();
      store
          .transactions()
          .write(
              () -> {
                store.repository().storeSecretCheck("0123");
                assertThat(store.repository().secretCheck()).contains("0123");
                return true;
              });
      assertThat(secretCheck(store)).contains("0123");
    }
  }

  private static Optional<String> secretCheck(Store store) {
    return store.transactions().write(() -> store.repository().secretCheck());
  }

  @Test
  void keysThatAreInsertedSideBySideAreAllThere() throws Exception {
    List<ApiKey> inserted = SideBySide.run(threads(), 16, i -> insert(NOW.plusMillis(i % 3)));
    assertThat(inserted).extracting(ApiKey::id).doesNotHaveDuplicates();
    assertThat(allOfMine(PROJECT, ALL)).containsExactlyInAnyOrderElementsOf(inserted);
  }

  @Test
  void ofManyUpdatesOfOneVersionExactlyOneIsStored() throws Exception {
    ApiKey key = insert(NOW);
    List<Optional<ApiKey>> results =
        SideBySide.run(
            threads(),
            16,
            i -> {
              ApiKey changed = used(key, NOW.plusMillis(i));
              try {
                update(changed);
                return Optional.of(changed);
              } catch (StaleVersion e) {
                return Optional.<ApiKey>empty();
              }
            });
    List<ApiKey> stored = results.stream().flatMap(Optional::stream).toList();
    assertThat(stored).hasSize(1);
    assertThat(find(key.id())).contains(stored.get(0));
  }
}
