package io.chronotrack.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.RateLimited;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Unauthorized;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.http.Answer;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.idempotency.store.InMemoryIdempotencyRepository;
import io.chronotrack.idempotency.store.JpaIdempotencyRepository;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.StorageUnavailable;
import io.chronotrack.storage.Transactions;
import jakarta.json.Json;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class IdempotencyServiceTest {

  private static final Caller CALLER = SampleCallers.with(Role.OPERATOR);
  private static final String JOBS = "/jobs";
  private static final String BODY = "{\"name\":\"nightly\",\"type\":null}";

  private final TestClock clock = new TestClock(Instant.parse("2026-01-31T09:30:00Z"));
  private final Transactions transactions = new MemoryTransactions();
  private final CountingRepository kept = new CountingRepository();
  private final IdempotencyService idempotency = new IdempotencyService(kept, transactions, clock);

  /** How often the use case has run: the id of what it creates. */
  private final AtomicInteger runs = new AtomicInteger();

  private static Post post(Caller caller, String path, @Nullable String key, String body) {
    try (var reader = Json.createReader(new StringReader(body))) {
      return new Post(caller, "/", path, null, key, new JsonBody(reader.readObject()));
    }
  }

  private static Post post(@Nullable String key) {
    return post(CALLER, JOBS, key, BODY);
  }

  private Answer create(Post post) {
    return create(idempotency, transactions, post);
  }

  private Answer create(IdempotencyService service, Transactions writes, Post post) {
    return service.once(
        post, () -> writes.write(runs::incrementAndGet), IdempotencyServiceTest::created);
  }

  private static Answer created(int id) {
    return Answer.created("jobs/" + id, id, List.of(id));
  }

  private Answer refuse(Post post, DomainException refusal) {
    return idempotency.once(
        post,
        () -> {
          runs.incrementAndGet();
          throw refusal;
        },
        (Integer result) -> created(result));
  }

  @Test
  void withoutAKeyEveryRequestIsANewOne() {
    assertThat(create(post(null))).isEqualTo(created(1));
    assertThat(create(post(null))).isEqualTo(created(2));
    assertThat(kept.size).isZero();
  }

  @Test
  void aRepetitionGetsTheAnswerAndChangesNothing() {
    assertThat(create(post("k"))).isEqualTo(created(1));
    assertThat(create(post("k"))).isEqualTo(created(1).repeated());
    clock.move(Duration.ofHours(24).minusMillis(1));
    assertThat(create(post("k"))).isEqualTo(created(1).repeated());
    assertThat(runs).hasValue(1);
  }

  @Test
  void whiteSpaceIsNoDifference() {
    create(post("k"));
    String spaced = " { \"name\" : \"nightly\",\n \"type\":null } ";
    assertThat(create(post(CALLER, JOBS, "k", spaced))).isEqualTo(created(1).repeated());
  }

  @Test
  void anotherBodyUnderTheKeyIsRefusedAndTheAnswerStays() {
    create(post("k"));
    for (String body : List.of("{}", "{\"name\":\"nightly\"}", "{\"name\":\"Nightly\"}")) {
      assertThatExceptionOfType(KeyReused.class)
          .isThrownBy(() -> create(post(CALLER, JOBS, "k", body)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED));
    }
    assertThat(create(post("k"))).isEqualTo(created(1).repeated());
    assertThat(runs).hasValue(1);
  }

  @Test
  void keysBelongToCallerProjectAndPath() {
    List<Post> posts =
        List.of(
            post("k"),
            post("K"),
            post(SampleCallers.with(Role.ADMIN), JOBS, "k", BODY),
            post(SampleCallers.inOtherProject(Role.OPERATOR), JOBS, "k", BODY),
            post(CALLER, "/jobs/1/runs", "k", BODY),
            // Together the same characters.
            post(CALLER, "/job", "sk", BODY));
    for (int i = 0; i < posts.size(); i++) {
      assertThat(create(posts.get(i))).isEqualTo(created(i + 1));
    }
    for (int i = 0; i < posts.size(); i++) {
      assertThat(create(posts.get(i))).isEqualTo(created(i + 1).repeated());
    }
  }

  @Test
  void theAddressIsNoPartOfTheCaller() {
    create(post("k"));
    var elsewhere =
        new Caller(
            CALLER.actor(),
            "192.0.2.1",
            CALLER.role(),
            CALLER.only(),
            CALLER.project(),
            false,
            CALLER.scope());
    assertThat(create(post(elsewhere, JOBS, "k", BODY))).isEqualTo(created(1).repeated());
  }

  @Test
  void afterADayTheKeyIsNewAgain() {
    create(post("k"));
    clock.move(Duration.ofHours(24));
    assertThat(create(post(CALLER, JOBS, "k", "{}"))).isEqualTo(created(2));
    assertThat(create(post(CALLER, JOBS, "k", "{}"))).isEqualTo(created(2).repeated());
    assertThat(kept.size).isEqualTo(1);
  }

  static List<DomainException> answers() {
    return List.of(
        new NotFound("job", 7),
        new StaleVersion(3),
        new ValidationFailed(Violation.ofMember("finishedAt", "must not be in the future")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aRefusalOfTheUseCaseIsAnAnswer(DomainException refusal) {
    assertThatThrownBy(() -> refuse(post("k"), refusal)).isSameAs(refusal);

    Answer repeated = create(post("k"));

    assertThat(repeated).isEqualTo(Answer.refused(refusal, post("k")).repeated());
    assertThat(repeated.body()).contains(refusal.code().name(), "\"instance\":\"/jobs\"");
    assertThat(runs).hasValue(1);
  }

  static List<DomainException> noAnswers() {
    return List.of(
        Unauthorized.invalid(),
        new Forbidden("Not you."),
        new RateLimited("Too many.", 7),
        new StorageUnavailable("The disk is full.", null));
  }

  @ParameterizedTest
  @MethodSource("noAnswers")
  void whatIsAboutTheCredentialOrTheMomentIsNoAnswer(DomainException refusal) {
    assertThatThrownBy(() -> refuse(post("k"), refusal)).isSameAs(refusal);
    assertThat(kept.size).isZero();
    assertThat(create(post("k"))).isEqualTo(created(2));
  }

  @Test
  void aDefectIsNoAnswer() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                idempotency.once(
                    post("k"),
                    () -> {
                      throw new IllegalStateException("on purpose");
                    },
                    result -> created(1)));
    assertThat(create(post("k"))).isEqualTo(created(1));
  }

  @Test
  void aSecretIsAnsweredOnceAndKeptNowhere() {
    Answer secret = Answer.created("keys/1", 1, List.of("secret"));
    Answer without = Answer.created("keys/1", 1, List.of());

    assertThat(idempotency.once(post("k"), runs::incrementAndGet, r -> secret, r -> without))
        .isEqualTo(secret);
    assertThat(idempotency.once(post("k"), runs::incrementAndGet, r -> secret, r -> without))
        .isEqualTo(without.repeated());
  }

  @Test
  void nothingIsKeptThatTellsTheKeyTheCallerOrTheBody() {
    create(post(CALLER, JOBS, "my-key", "{\"name\":\"my-body\"}"));
    assertThat(kept.last)
        .asString()
        .doesNotContain("my-key", "my-body", CALLER.actor())
        .contains("jobs/1");
  }

  @Test
  void oldAnswersGoAsNewOnesCome() {
    for (int i = 0; i < 3_000; i++) {
      create(post("old " + i));
    }
    clock.move(Duration.ofHours(25));
    for (int i = 0; i < 3_000; i++) {
      create(post("new " + i));
    }
    assertThat(kept.size).isBetween(3_000, 3_000 + IdempotencyService.MOST_DELETED);
    assertThat(create(post("new 0")).isRepeated()).isTrue();
  }

  @Test
  void ofManyAtTheSameMomentOneIsRun(@TempDir Path folder) throws Exception {
    try (var sqlite = new SqliteFixture(folder)) {
      var service =
          new IdempotencyService(
              new JpaIdempotencyRepository(sqlite.writer()), sqlite.transactions(), clock);

      List<Answer> answers =
          SideBySide.run(
              task -> new Thread(task, "client").start(),
              32,
              client -> create(service, sqlite.transactions(), post("k")));

      assertThat(runs).hasValue(1);
      assertThat(answers).allSatisfy(one -> assertThat(one.body()).isEqualTo("[1]"));
      assertThat(answers).filteredOn(one -> !one.isRepeated()).hasSize(1);
    }
  }

  @Test
  void theAnswerIsRolledBackTogetherWithItsEffect(@TempDir Path folder) throws SQLException {
    try (var sqlite = new SqliteFixture(folder)) {
      var service =
          new IdempotencyService(
              new JpaIdempotencyRepository(sqlite.writer()), sqlite.transactions(), clock);

      assertThatThrownBy(
              () ->
                  sqlite
                      .transactions()
                      .write(
                          () -> {
                            create(service, sqlite.transactions(), post("k"));
                            throw new IllegalStateException("on purpose");
                          }))
          .hasMessage("on purpose");

      assertThat(create(service, sqlite.transactions(), post("k")).isRepeated()).isFalse();
    }
  }

  /** Tells how much is kept. */
  private static final class CountingRepository implements IdempotencyRepository {

    private final IdempotencyRepository inner = new InMemoryIdempotencyRepository();
    private int size;
    private @Nullable KeptAnswer last;

    @Override
    public Optional<KeptAnswer> find(String id) {
      return inner.find(id);
    }

    @Override
    public void insert(KeptAnswer answer) {
      inner.insert(answer);
      last = answer;
      size++;
    }

    @Override
    public void replace(KeptAnswer answer) {
      inner.replace(answer);
    }

    @Override
    public int deleteOlderThan(Instant limit, int most) {
      int deleted = inner.deleteOlderThan(limit, most);
      size -= deleted;
      return deleted;
    }
  }
}
