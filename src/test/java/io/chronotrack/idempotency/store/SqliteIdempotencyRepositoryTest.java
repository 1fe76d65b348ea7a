package io.chronotrack.idempotency.store;

import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteIdempotencyRepositoryTest extends IdempotencyRepositoryContract {

  private static SqliteFixture sqlite;
  private static IdempotencyRepository repository;

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    repository = new JpaIdempotencyRepository(sqlite.writer());
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  @Override
  IdempotencyRepository repository() {
    return repository;
  }

  @Override
  Transactions transactions() {
    return sqlite.transactions();
  }
}
