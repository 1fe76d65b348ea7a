package io.chronotrack.run.stream;

import io.chronotrack.run.store.RunStore;
import io.chronotrack.run.store.RunStores;
import io.chronotrack.storage.SqliteFixture;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteRunStreamTest extends RunStreamContract {

  // One database for all tests of the class, each of which follows from its own beginning.
  private static SqliteFixture sqlite;
  private static RunStore store;

  @BeforeAll
  static void open(@TempDir Path folder) {
    sqlite = new SqliteFixture(folder);
    store = RunStores.in(sqlite);
  }

  @AfterAll
  static void close() {
    sqlite.close();
  }

  @Override
  RunStore store() {
    return store;
  }
}
