package io.chronotrack.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.http.Answer;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.idempotency.store.JpaIdempotencyRepository;
import io.chronotrack.problem.ErrorCode;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.StorageUnavailable;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A request that comes again before the first is committed waits for it, where requests are written
 * side by side: in the database, which has the key of the first and lets nobody else have it.
 */
@Timeout(60)
@NullUnmarked // JUnit fills the fields.
class KeysInFlightOnPostgresTest {

  private static final AtomicInteger IDS = new AtomicInteger();

  private static PostgresFixture postgres;
  private static IdempotencyService idempotency;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    idempotency =
        new IdempotencyService(
            new JpaIdempotencyRepository(postgres.writer()),
            postgres.transactions(),
            new TestClock(Instant.parse("2026-01-31T09:30:00Z")));
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  private static Object ask(String sql) {
    return postgres.writer().current().createNativeQuery(sql, Object.class).getSingleResult();
  }

  private static int execute(String sql) {
    return postgres.writer().current().createNativeQuery(sql).executeUpdate();
  }

  private static Answer create(String key) {
    return create(key, "10s");
  }

  /**
   * Creates a job that is called like the key.
   *
   * @param longestWait for the lock of another
   */
  private static Answer create(String key, String longestWait) {
    var body = new JsonBody(JsonObject.EMPTY_JSON_OBJECT);
    return idempotency.once(
        new Post(SampleCallers.with(Role.OPERATOR), "/", "/jobs", null, key, body),
        () -> {
          execute("SET LOCAL lock_timeout = '" + longestWait + "'");
          int id = IDS.incrementAndGet();
          execute(
              "INSERT INTO jobs VALUES (%d, 1, '%s', NULL, NULL, false, 5, 5, 1)"
                  .formatted(id, key));
          return id;
        },
        id -> Answer.created("jobs/" + id, 1, List.of(id)));
  }

  private static long created(String key) {
    return postgres
        .transactions()
        .write(
            () ->
                ((Number) ask("SELECT count(*) FROM jobs WHERE name = '" + key + "'")).longValue());
  }

  /**
   * The first request with this key, in another thread: all of it is written when this returns, and
   * committed when it has done what is left.
   */
  private static CompletableFuture<Answer> beginFirst(String key, Runnable rest)
      throws InterruptedException {
    var written = new CountDownLatch(1);
    CompletableFuture<Answer> first =
        CompletableFuture.supplyAsync(
            () ->
                postgres
                    .transactions()
                    .write(
                        () -> {
                          Answer answer = create(key);
                          postgres.writer().current().flush();
                          written.countDown();
                          rest.run();
                          return answer;
                        }),
            task -> new Thread(task, "first").start());
    written.await();
    return first;
  }

  private static void untilSomebodyWaits() {
    while (((Number) ask("SELECT count(*) FROM pg_locks WHERE NOT granted")).longValue() == 0) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void aRepetitionWaitsForTheFirstAndGetsItsAnswer() throws Exception {
    CompletableFuture<Answer> first =
        beginFirst("both succeed", KeysInFlightOnPostgresTest::untilSomebodyWaits);

    Answer repeated = create("both succeed");

    assertThat(repeated).isEqualTo(first.get().repeated());
    assertThat(created("both succeed")).isEqualTo(1);
  }

  @Test
  void aRepetitionIsTheFirstIfThatFails() throws Exception {
    CompletableFuture<Answer> first =
        beginFirst(
            "the first fails",
            () -> {
              untilSomebodyWaits();
              throw new IllegalStateException("on purpose");
            });

    Answer repeated = create("the first fails");

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(first::get)
        .withMessageContaining("on purpose");
    assertThat(repeated.isRepeated()).isFalse();
    assertThat(created("the first fails")).isEqualTo(1);
  }

  /** As any other write that a lock keeps waiting: whoever comes again then learns the answer. */
  @Test
  void aRepetitionThatWaitsInVainIsToldToComeLater() throws Exception {
    var waited = new CountDownLatch(1);
    CompletableFuture<Answer> first = beginFirst("it takes long", () -> await(waited));

    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> create("it takes long", "50ms"))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(refusal.retryAfterSeconds()).isPresent();
            });

    waited.countDown();
    assertThat(create("it takes long")).isEqualTo(first.get().repeated());
    assertThat(created("it takes long")).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
