package io.chronotrack.key.store;

import io.chronotrack.access.Scope;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteKeyRepositoryTest extends KeyRepositoryContract {

  // One database for all tests of the class, but for those that ask for an empty one.
  private static SqliteFixture sqlite;
  private static KeyRepository repository;

  @TempDir private Path emptyFolder;

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    repository = repositoryOn(sqlite);
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  private static KeyRepository repositoryOn(SqliteFixture database) {
    return new JpaKeyRepository(database.writer(), database.reader());
  }

  @Override
  protected KeyRepository repository() {
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

  @Override
  protected Store emptyStore() throws SQLException {
    var empty = new SqliteFixture(emptyFolder);
    return new Store(repositoryOn(empty), empty.transactions(), empty::close);
  }
}
