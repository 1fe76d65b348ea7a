package io.chronotrack.run.store;

import io.chronotrack.storage.SqliteFixture;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteRunHistoryTest extends RunHistoryContract {

  // One database for all tests of the class, which read the same runs.
  private static SqliteFixture sqlite;
  private static RunStore store;

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    store = RunStores.in(sqlite);
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  @Override
  protected RunStore store() {
    return store;
  }
}
