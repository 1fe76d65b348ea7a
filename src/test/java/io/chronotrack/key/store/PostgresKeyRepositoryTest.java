package io.chronotrack.key.store;

import io.chronotrack.access.Scope;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.Transactions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NullUnmarked // JUnit fills the fields.
class PostgresKeyRepositoryTest extends KeyRepositoryContract {

  // One database for all tests of the class, but for those that ask for an empty one.
  private static PostgresFixture postgres;
  private static KeyRepository repository;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    repository = repositoryOn(postgres);
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  private static KeyRepository repositoryOn(PostgresFixture database) {
    return new JpaKeyRepository(database.writer(), database.reader());
  }

  @Override
  protected KeyRepository repository() {
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

  @Override
  protected Store emptyStore() {
    var empty = new PostgresFixture();
    return new Store(repositoryOn(empty), empty.transactions(), empty::close);
  }
}
