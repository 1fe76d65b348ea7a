package io.chronotrack.run.store;

import io.chronotrack.storage.PostgresFixture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NullUnmarked // JUnit fills the fields.
class PostgresRunHistoryTest extends RunHistoryContract {

  // One database for all tests of the class, which read the same runs.
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
  protected RunStore store() {
    return store;
  }
}
