package io.chronotrack.job.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.JobRepository;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteJobRepositoryTest extends JobRepositoryContract {

  // One database for all tests of the class: the contract does not ask for an empty one.
  private static SqliteFixture sqlite;
  private static JobRepository repository;

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    repository = new JpaJobRepository(sqlite.writer(), sqlite.reader());
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  @Override
  protected JobRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return sqlite.transactions();
  }

  @Override
  protected Scope otherProject() {
    return sqlite.otherProject();
  }
}
