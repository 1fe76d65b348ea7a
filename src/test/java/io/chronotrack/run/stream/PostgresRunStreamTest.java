package io.chronotrack.run.stream;

import io.chronotrack.run.store.RunStore;
import io.chronotrack.run.store.RunStores;
import io.chronotrack.storage.PostgresFixture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NullUnmarked // JUnit fills the fields.
class PostgresRunStreamTest extends RunStreamContract {

  // One database for all tests of the class, each of which follows from its own beginning.
  private static PostgresFixture postgres;
  private static RunStore store;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    store = RunStores.in(postgres);
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  RunStore store() {
    return store;
  }
}
