package io.chronotrack.key;

import io.chronotrack.access.Role;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what is known of keys. Safe for use by many threads.
 *
 * <p>{@link #find}, {@link #findByLookup}, {@link #hasUsable} and {@link #list} read what has been
 * committed and never wait for a writer. The other methods belong into a write transaction of
 * {@link io.chronotrack.storage.Transactions}.
 */
public interface KeyRepository {

  /** An id that no key has or ever had; ids grow. */
  long nextId();

  /** Adds a key with a new id. */
  void insert(ApiKey key);

  /**
   * Replaces a key that exists.
   *
   * @param key the changed key, whose version is one more than the stored one's
   * @throws StaleVersion if the stored key has another version; nothing is changed then
   */
  void update(ApiKey key);

  /** The key as last committed; empty for an id that is unknown in the project. */
  Optional<ApiKey> find(long projectId, long id);

  /** The key as the running transaction sees it; empty for an id that is unknown in the project. */
  Optional<ApiKey> findForUpdate(long projectId, long id);

  /** The key with this public part, of whatever project, as last committed. */
  Optional<ApiKey> findByLookup(String lookup);

  /** Whether there is a key with this role, of whatever project, that was not revoked. */
  boolean hasUsable(Role role);

  /** Keys of a project with one of these roles, newest first: by creation time, then by id. */
  Page<ApiKey> list(long projectId, Set<Role> roles, PageRequest request);

  /**
   * What {@link #storeSecretCheck} has stored, as the running transaction sees it; empty before the
   * first time. Transactions that ask for it after the first time take turns, until they end.
   */
  Optional<String> secretCheck();

  /** Remembers, once and for all, how to tell the secret that the hashes are keyed with. */
  void storeSecretCheck(String hash);
}
