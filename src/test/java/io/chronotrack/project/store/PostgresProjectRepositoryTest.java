package io.chronotrack.project.store;

import io.chronotrack.project.ProjectRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.Transactions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NullUnmarked // JUnit fills the fields.
class PostgresProjectRepositoryTest extends ProjectRepositoryContract {

  // One database for all tests of the class: the contract does not ask for an empty one.
  private static PostgresFixture postgres;
  private static ProjectRepository repository;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    repository = new JpaProjectRepository(postgres.writer(), postgres.reader());
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  protected ProjectRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return postgres.transactions();
  }
}
