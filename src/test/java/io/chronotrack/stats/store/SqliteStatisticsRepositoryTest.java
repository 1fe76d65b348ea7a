package io.chronotrack.stats.store;

import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.Transactions;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteStatisticsRepositoryTest extends StatisticsRepositoryContract {

  // One database for all tests of the class: the contract does not ask for an empty one.
  private static SqliteFixture sqlite;
  private static StatisticsRepository repository;

  @BeforeAll
  static void open(@TempDir Path folder) {
    sqlite = new SqliteFixture(folder);
    repository = new JpaStatisticsRepository(sqlite.writer(), sqlite.reader());
  }

  @AfterAll
  static void close() throws Exception {
    sqlite.close();
  }

  @Override
  protected StatisticsRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return sqlite.transactions();
  }

  @Test
  void whatIsRolledBackIsNotCounted() {
    assertThatWhatIsRolledBackIsNotCounted();
  }
}
