package io.chronotrack.idempotency.store;

import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.idempotency.KeptAnswer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers on the heap, oldest first. */
public final class InMemoryIdempotencyRepository implements IdempotencyRepository {

  private final Map<String, KeptAnswer> answers = new LinkedHashMap<>();

  @Override
  public synchronized Optional<KeptAnswer> find(String id) {
    return Optional.ofNullable(answers.get(id));
  }

  @Override
  public synchronized void insert(KeptAnswer answer) {
    answers.put(answer.id(), answer);
  }

  @Override
  public synchronized void replace(KeptAnswer answer) {
    // To the end of the order, which putting alone would not do.
    if (answers.remove(answer.id()) == null) {
      throw new IllegalStateException("there is no answer to be replaced");
    }
    answers.put(answer.id(), answer);
  }

  @Override
  public synchronized int deleteOlderThan(Instant limit, int most) {
    List<String> old =
        answers.values().stream()
            .takeWhile(answer -> answer.createdAt().isBefore(limit))
            .limit(most)
            .map(KeptAnswer::id)
            .toList();
    old.forEach(answers::remove);
    return old.size();
  }
}
