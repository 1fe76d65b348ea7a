package io.chronotrack.idempotency.store;

import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.idempotency.KeptAnswer;
import io.chronotrack.storage.WriteSessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answers in the table {@code idempotency_keys}.
 *
 * <p>They are found by their id and not by a query, for which JPA would first write what the
 * transaction has collected: the inserts of many commands shall go to the database together.
 */
public final class JpaIdempotencyRepository implements IdempotencyRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(KeptAnswerRow.class);

  private final WriteSessions writer;

  /**
   * @param writer where commands write
   */
  public JpaIdempotencyRepository(WriteSessions writer) {
    this.writer = writer;
  }

  @Override
  public Optional<KeptAnswer> find(String id) {
    return Optional.ofNullable(writer.current().find(KeptAnswerRow.class, id))
        .map(KeptAnswerRow::toAnswer);
  }

  @Override
  public void insert(KeptAnswer answer) {
    writer.current().persist(new KeptAnswerRow(answer));
  }

  @Override
  public void replace(KeptAnswer answer) {
    KeptAnswerRow row = writer.current().find(KeptAnswerRow.class, answer.id());
    if (row == null) {
      throw new IllegalStateException("there is no answer to be replaced");
    }
    row.set(answer);
  }

  @Override
  public int deleteOlderThan(Instant limit, int most) {
    List<String> old =
        writer
            .current()
            .createQuery(
                "select r.id from KeptAnswerRow r where r.createdAt < :limit order by r.createdAt",
                String.class)
            .setParameter("limit", limit.toEpochMilli())
            .setMaxResults(most)
            .getResultList();
    return old.isEmpty()
        ? 0
        : writer
            .current()
            .createQuery("delete from KeptAnswerRow r where r.id in (:ids)")
            .setParameter("ids", old)
            .executeUpdate();
  }
}
