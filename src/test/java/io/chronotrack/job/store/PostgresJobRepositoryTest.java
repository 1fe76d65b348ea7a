package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.JobRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.Transactions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NullUnmarked // JUnit fills the fields.
class PostgresJobRepositoryTest extends JobRepositoryContract {

  // One database for all tests of the class: the contract does not ask for an empty one.
  private static PostgresFixture postgres;
  private static JobRepository repository;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    repository = new JpaJobRepository(postgres.writer(), postgres.reader());
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  protected JobRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return postgres.transactions();
  }

  @Override
  protected Scope otherProject() {
    return postgres.otherProject();
  }
}
