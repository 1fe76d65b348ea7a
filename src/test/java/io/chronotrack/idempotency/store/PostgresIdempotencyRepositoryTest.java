package io.chronotrack.idempotency.store;

import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.Transactions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NullUnmarked // JUnit fills the fields.
class PostgresIdempotencyRepositoryTest extends IdempotencyRepositoryContract {

  private static PostgresFixture postgres;
  private static IdempotencyRepository repository;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    repository = new JpaIdempotencyRepository(postgres.writer());
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  IdempotencyRepository repository() {
    return repository;
  }

  @Override
  Transactions transactions() {
    return postgres.transactions();
  }
}
