package io.chronotrack.idempotency;

import io.chronotrack.http.Answer;
import io.chronotrack.http.Post;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.Problem;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what a POST asks for, once: with a key, the use case and its answer are one command, so that
 * both are stored or neither is, and a repetition is answered by what is stored.
 *
 * <p>A refusal is an answer like any other, if it comes from the use case: it was decided on the
 * state of that moment, and whoever repeats the request learns what became of it, not what would.
 */
@Dependent
public class IdempotencyService {

  /** How long a repetition is recognised. */
  static final Duration RETENTION = Duration.ofHours(24);

  /** Most old answers that make room for a new one, if any do. */
  static final int MOST_DELETED = 200;

  /**
   * Statuses of refusals that are answers. What is missing is about the credential, or the moment:
   * 401, 403, 429, 500, 503.
   */
  private static final Set<Integer> KEPT = Set.of(400, 404, 409, 412);

  private final IdempotencyRepository answers;
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public IdempotencyService(IdempotencyRepository answers, Transactions transactions, Clock clock) {
    this.answers = answers;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Runs a use case, or finds that it was run.
   *
   * @param useCase one call of a service; captures what it needs as values, because another
   *     request's thread may run it
   * @param answer makes the answer of the result
   * @throws DomainException whatever the use case throws, the first time
   */
  public <T> Answer once(Post post, Supplier<T> useCase, Function<T, Answer> answer) {
    return once(post, useCase, answer, answer);
  }

  /**
   * The same for a use case whose answer has a secret in it.
   *
   * @param kept makes the answer for repetitions, which must be without the secret
   */
  public <T> Answer once(
      Post post, Supplier<T> useCase, Function<T, Answer> answer, Function<T, Answer> kept) {
    String key = post.key();
    if (key == null) {
      return answer.apply(useCase.get());
    }
    String id = Fingerprint.ofRequest(post, key);
    String payload = Fingerprint.ofPayload(post);
    Instant now = clock.instant();
    Supplier<Outcome> work = () -> outcome(post, useCase, answer, kept);
    Outcome outcome = transactions.write(() -> command(id, payload, now, work));
    if (outcome.refusal() != null) {
      throw outcome.refusal();
    }
    return outcome.answer();
  }

  private Outcome command(String id, String payload, Instant now, Supplier<Outcome> work) {
    Optional<KeptAnswer> earlier = answers.find(id);
    Instant oldest = now.minus(RETENTION);
    if (earlier.isPresent() && earlier.get().createdAt().isAfter(oldest)) {
      if (!earlier.get().payload().equals(payload)) {
        throw new KeyReused();
      }
      return Outcome.of(earlier.get().answer().repeated());
    }
    Outcome outcome = work.get();
    if (isToMakeRoom(id)) {
      answers.deleteOlderThan(oldest, MOST_DELETED);
    }
    var kept = new KeptAnswer(id, payload, outcome.kept(), now);
    if (earlier.isPresent()) {
      answers.replace(kept);
    } else {
      answers.insert(kept);
    }
    return outcome;
  }

  private static <T> Outcome outcome(
      Post post, Supplier<T> useCase, Function<T, Answer> answer, Function<T, Answer> kept) {
    try {
      T result = useCase.get();
      return new Outcome(answer.apply(result), kept.apply(result), null);
    } catch (DomainException refusal) {
      if (!KEPT.contains(Problem.statusOf(refusal.code()))) {
        throw refusal;
      }
      Answer problem = Answer.refused(refusal, post);
      return new Outcome(problem, problem, refusal);
    }
  }

  /**
   * Whether it falls to this request to delete old answers: one in 64, told by its digest, so that
   * nobody has to count. It deletes more than have come since the one before.
   */
  private static boolean isToMakeRoom(String id) {
    return id.charAt(0) == 'A';
  }

  /**
   * What became of the request.
   *
   * @param answer for this time
   * @param kept the answer for repetitions
   * @param refusal what is thrown in the place of the answer; {@code null} if the use case
   *     succeeded
   */
  private record Outcome(Answer answer, Answer kept, @Nullable DomainException refusal) {

    static Outcome of(Answer answer) {
      return new Outcome(answer, answer, null);
    }
  }
}
