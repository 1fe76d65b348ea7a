package io.chronotrack.idempotency;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps answers. Safe for use by many threads. Every method belongs into a write transaction of
 * {@link io.chronotrack.storage.Transactions}.
 */
public interface IdempotencyRepository {

  /** The answer with this id, however old, as the running transaction sees it. */
  Optional<KeptAnswer> find(String id);

  /** Adds an answer whose id no other has. */
  void insert(KeptAnswer answer);

  /** Puts an answer in the place of the one with its id. */
  void replace(KeptAnswer answer);

  /**
   * Deletes the oldest answers.
   *
   * @param limit from when on answers stay
   * @param most that are deleted
   * @return how many were
   */
  int deleteOlderThan(Instant limit, int most);
}
