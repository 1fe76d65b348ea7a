package io.chronotrack.idempotency.store;

import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.idempotency.KeptAnswer;
import io.chronotrack.storage.WriteSessions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StaleObjectStateException;

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
    EntityManager session = writer.current();
    KeptAnswerRow row = session.find(KeptAnswerRow.class, answer.id());
    if (row == null) {
      throw new IllegalStateException("there is no answer to be replaced");
    }
    KeptAnswer seen = row.toAnswer();
    session.refresh(row, LockModeType.PESSIMISTIC_WRITE);
    if (!row.toAnswer().equals(seen)) {
      // Another process has replaced it since it was found too old: that one's answer counts.
      throw new StaleObjectStateException(KeptAnswerRow.class.getName(), answer.id());
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
