package io.chronotrack.stats.store;

import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.Transactions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@NullUnmarked // JUnit fills the fields.
class PostgresStatisticsRepositoryTest extends StatisticsRepositoryContract {

  // One database for all tests of the class: the contract does not ask for an empty one.
  private static PostgresFixture postgres;
  private static StatisticsRepository repository;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    repository = new JpaStatisticsRepository(postgres.writer(), postgres.reader());
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  protected StatisticsRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return postgres.transactions();
  }

  @Test
  void whatIsRolledBackIsNotCounted() {
    assertThatWhatIsRolledBackIsNotCounted();
  }
}
