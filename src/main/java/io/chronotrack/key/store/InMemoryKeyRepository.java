package io.chronotrack.key.store;

import io.chronotrack.access.Role;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.key.ApiKey;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.NewestFirstMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keys in the heap. */
public final class InMemoryKeyRepository implements KeyRepository {

  private final AtomicLong lastId = new AtomicLong();
  private final NewestFirstMap<ApiKey> keys = new NewestFirstMap<>(ApiKeyRow::positionOf);
  private final Map<String, Long> idsByLookup = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> secretCheck = new AtomicReference<>();

  @Override
  public long nextId() {
    return lastId.incrementAndGet();
  }

  @Override
  public void insert(ApiKey key) {
    if (idsByLookup.putIfAbsent(key.lookup(), key.id()) != null) {
      throw new IllegalArgumentException("the lookup of key " + key.id() + " is taken");
    }
    keys.add(key.id(), key);
  }

  @Override
  public void update(ApiKey key) {
    keys.replace(
        key.id(),
        stored -> {
          if (stored.version() != key.version() - 1) {
            throw new StaleVersion(stored.version());
          }
          return key;
        });
  }

  @Override
  public Optional<ApiKey> find(long projectId, long id) {
    return keys.get(id).filter(key -> key.projectId() == projectId);
  }

  @Override
  public Optional<ApiKey> findForUpdate(long projectId, long id) {
    return find(projectId, id);
  }

  @Override
  public Optional<ApiKey> findByLookup(String lookup) {
    return Optional.ofNullable(idsByLookup.get(lookup)).flatMap(keys::get);
  }

  @Override
  public boolean hasUsable(Role role) {
    return idsByLookup.values().stream()
        .flatMap(id -> keys.get(id).stream())
        .anyMatch(key -> key.role() == role && key.revokedAt() == null);
  }

  @Override
  public Page<ApiKey> list(long projectId, Set<Role> roles, PageRequest request) {
    return keys.page(key -> key.projectId() == projectId && roles.contains(key.role()), request);
  }

  @Override
  public Optional<String> secretCheck() {
    return Optional.ofNullable(secretCheck.get());
  }

  @Override
  public void storeSecretCheck(String hash) {
    secretCheck.set(hash);
  }
}
