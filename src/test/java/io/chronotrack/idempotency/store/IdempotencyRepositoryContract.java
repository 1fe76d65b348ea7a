package io.chronotrack.idempotency.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.http.Answer;
import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.idempotency.KeptAnswer;
import io.chronotrack.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link IdempotencyRepository} promises. */
@Timeout(60)
abstract class IdempotencyRepositoryContract {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Answer CREATED = new Answer(201, "jobs/7", 1L, "{\"id\":7}", false);
  private static final Answer REFUSED = new Answer(409, null, null, "{\"status\":409}", false);

  private final String mine = UUID.randomUUID().toString();

  /** The repository under test. */
  abstract IdempotencyRepository repository();

  /** The transactions that it takes part in. */
  abstract Transactions transactions();

  @BeforeEach
  void empty() {
    delete(NOW.plus(Duration.ofDays(1)), 10_000);
  }

  private KeptAnswer kept(String name, Answer answer, Instant createdAt) {
    return new KeptAnswer(mine + name, "payload of " + name, answer, createdAt);
  }

  private KeptAnswer insert(KeptAnswer answer) {
    return transactions()
        .write(
            () -> {
              repository().insert(answer);
              return answer;
            });
  }

  private Optional<KeptAnswer> find(KeptAnswer answer) {
    return transactions().write(() -> repository().find(answer.id()));
  }

  private int delete(Instant limit, int most) {
    return transactions().write(() -> repository().deleteOlderThan(limit, most));
  }

  @Test
  void whatNobodyKeptIsNotThere() {
    assertThat(find(kept("a", CREATED, NOW))).isEmpty();
  }

  @Test
  void anAnswerIsKeptWithAllItHas() {
    KeptAnswer created = insert(kept("created", CREATED, NOW));
    KeptAnswer refused = insert(kept("refused", REFUSED, NOW.plus(SECOND)));

    assertThat(find(created)).contains(created);
    assertThat(find(refused)).contains(refused);
  }

  @Test
  void theTransactionThatKeepsAnAnswerFindsIt() {
    KeptAnswer answer = kept("a", CREATED, NOW);
    transactions()
        .write(
            () -> {
              repository().insert(answer);
              assertThat(repository().find(answer.id())).contains(answer);
              return answer;
            });
  }

  @Test
  void anAnswerTakesThePlaceOfOneWithItsId() {
    insert(kept("a", CREATED, NOW));
    KeptAnswer other = kept("b", CREATED, NOW);
    insert(other);
    var next = new KeptAnswer(mine + "a", "another payload", REFUSED, NOW.plus(SECOND));

    transactions()
        .write(
            () -> {
              assertThat(repository().find(next.id())).isPresent();
              repository().replace(next);
              return next;
            });

    assertThat(find(next)).contains(next);
    assertThat(find(other)).contains(other);
  }

  @Test
  void onlyWhatIsThereCanBeReplaced() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                transactions()
                    .write(
                        () -> {
                          repository().replace(kept("a", CREATED, NOW));
                          return "never";
                        }));
  }

  @Test
  void theOldestAreDeletedAndNoMoreThanAskedFor() {
    KeptAnswer first = insert(kept("first", CREATED, NOW));
    KeptAnswer second = insert(kept("second", CREATED, NOW.plus(SECOND)));
    KeptAnswer third = insert(kept("third", CREATED, NOW.plus(SECOND.multipliedBy(2))));

    assertThat(delete(NOW, 10)).isZero();
    assertThat(delete(third.createdAt(), 1)).isEqualTo(1);
    assertThat(find(first)).isEmpty();
    assertThat(find(second)).isPresent();
    assertThat(delete(third.createdAt(), 10)).isEqualTo(1);
    assertThat(find(second)).isEmpty();
    assertThat(find(third)).isPresent();
    assertThat(delete(third.createdAt(), 10)).isZero();
  }

  @Test
  void whatWasReplacedIsAsYoungAsItsNewAnswer() {
    insert(kept("a", CREATED, NOW));
    insert(kept("b", CREATED, NOW));
    KeptAnswer next = kept("a", CREATED, NOW.plus(SECOND));

    transactions()
        .write(
            () -> {
              repository().replace(next);
              assertThat(repository().deleteOlderThan(next.createdAt(), 10)).isEqualTo(1);
              return next;
            });

    assertThat(find(next)).contains(next);
  }
}
