package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.idempotency.store.JpaIdempotencyRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.stats.store.JpaStatisticsRepository;
import io.chronotrack.stats.store.StatisticsRebuild;
import io.chronotrack.storage.SqliteFixture;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteStatisticsAgreeTest extends StatisticsAgreeWithRunsContract {

  private SqliteFixture sqlite;
  private Tested tested;

  @BeforeEach
  void open(@TempDir Path folder) {
    sqlite = new SqliteFixture(folder);
    var writer = sqlite.writer();
    var reader = sqlite.reader();
    tested =
        new Tested(
            sqlite.transactions(),
            new JpaJobRepository(writer, reader),
            new JpaJobRunRepository(writer, reader),
            new JpaStatisticsRepository(writer, reader),
            new JpaIdempotencyRepository(writer),
            true);
  }

  @AfterEach
  void close() throws Exception {
    sqlite.close();
  }

  @Override
  protected Tested tested() {
    return tested;
  }

  @Override
  protected void afterwards(Runnable agreement) {
    assertThat(new StatisticsRebuild(sqlite.database()).run()).isPositive();
    agreement.run();
  }
}
