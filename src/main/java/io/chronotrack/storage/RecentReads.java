package io.chronotrack.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What was read from the store a moment ago, in memory, for what every request needs: asking for it
 * again costs no disk. Another instance's change is seen when an entry is {@link #MAX_AGE} old;
 * this one's at once, by {@link #forget}.
 *
 * <p>That there is nothing is remembered as well: who asks for the same unknown thing again and
 * again reaches no disk either. Safe for use by many threads.
 */
public class RecentReads<K, V> {

  /** Well below the five seconds in which a change must be seen everywhere. */
  public static final Duration MAX_AGE = Duration.ofSeconds(3);

  private static final int MOST_ENTRIES = 10_000;

  private final Cache<K, Optional<V>> entries;
  private final AtomicLong forgotten = new AtomicLong();

  /** Nothing yet. */
  public RecentReads() {
    this(Ticker.systemTicker());
  }

  RecentReads(Ticker ticker) {
    this.entries =
        Caffeine.newBuilder()
            .maximumSize(MOST_ENTRIES)
            .expireAfterWrite(MAX_AGE)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** What the store has under this key, which is asked if it was not a moment ago. */
  public Optional<V> get(K key, Function<K, Optional<V>> store) {
    Optional<V> known = entries.getIfPresent(key);
    return known == null ? read(key, store) : known;
  }

  /** Makes the next one who asks for this key ask the store. */
  public void forget(K key) {
    forgotten.incrementAndGet();
    entries.invalidate(key);
  }

  private Optional<V> read(K key, Function<K, Optional<V>> store) {
    // Not in one step with the look before: a slow store must not hold up those who ask for
    // something else, and two who ask at once may both read.
    long before = forgotten.get();
    Optional<V> read = store.apply(key);
    entries.put(key, read);
    if (forgotten.get() != before) {
      // What was read may be from before the change that somebody has just made.
      entries.invalidate(key);
    }
    return read;
  }
}
