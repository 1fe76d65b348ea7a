package io.chronotrack.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chronotrack.problem.DomainException;
import io.chronotrack.storage.Transactions;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The use cases of those who show a key. One for all requests, because it remembers them. */
public final class KeyLoginService {

  private static final System.Logger LOG = System.getLogger(KeyLoginService.class.getName());

  /** How exactly the last use of a key is known. */
  private static final Duration GRAIN = Duration.ofHours(1);

  private static final int MOST_KEYS = 10_000;

  private final KeyRepository keys;
  private final KeyRing ring;
  private final KeyHash hash;
  private final Transactions transactions;
  private final Clock clock;

  /** Keys whose use this process has written down, or tried to, not long ago. */
  private final Cache<Long, Boolean> noted =
      Caffeine.newBuilder()
          .maximumSize(MOST_KEYS)
          .expireAfterWrite(GRAIN)
          .executor(Runnable::run)
          .build();

  public KeyLoginService(
      KeyRepository keys, KeyRing ring, KeyHash hash, Transactions transactions, Clock clock) {
    this.keys = keys;
    this.ring = ring;
    this.hash = hash;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What is known of the key that somebody shows; empty if it does not work. */
  public Optional<ApiKey> find(String shown) {
    Instant now = clock.instant();
    Optional<ApiKey> found =
        KeyText.parse(shown)
            .flatMap(text -> ring.get(text.lookup(), this::read))
            .filter(key -> hash.matches(key.hash(), shown))
            .filter(key -> key.worksAt(now));
    found.filter(key -> isDue(key, now)).ifPresent(key -> note(key, now));
    return found;
  }

  private Optional<ApiKey> read(String lookup) {
    return transactions.read(() -> keys.findByLookup(lookup));
  }

  private boolean isDue(ApiKey key, Instant now) {
    Instant last = key.lastUsedAt();
    return (last == null || last.plus(GRAIN).isBefore(now))
        && noted.asMap().putIfAbsent(key.id(), true) == null;
  }

  private void note(ApiKey key, Instant now) {
    try {
      transactions.write(
          () -> {
            keys.findForUpdate(key.projectId(), key.id())
                .ifPresent(stored -> keys.update(stored.usedAt(now)));
            return key;
          });
      ring.forget(key.lookup());
    } catch (DomainException e) {
      // Nothing can be written, or another instance has just done it: no reason to refuse anybody.
      LOG.log(Level.DEBUG, "The use of key {0} was not written down", Long.toString(key.id()));
    }
  }
}
