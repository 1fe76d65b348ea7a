package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.idempotency.store.JpaIdempotencyRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.stats.store.JpaStatisticsRepository;
import io.chronotrack.stats.store.StatisticsRebuild;
import io.chronotrack.storage.PostgresFixture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@NullUnmarked // JUnit fills the fields.
class PostgresStatisticsAgreeTest extends StatisticsAgreeWithRunsContract {

  private PostgresFixture postgres;
  private Tested tested;

  @BeforeEach
  void open() {
    postgres = new PostgresFixture();
    var writer = postgres.writer();
    var reader = postgres.reader();
    tested =
        new Tested(
            postgres.transactions(),
            new JpaJobRepository(writer, reader),
            new JpaJobRunRepository(writer, reader),
            new JpaStatisticsRepository(writer, reader),
            new JpaIdempotencyRepository(writer),
            true);
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  @Override
  protected Tested tested() {
    return tested;
  }

  @Override
  protected void afterwards(Runnable agreement) {
    assertThat(new StatisticsRebuild(postgres.database()).run()).isPositive();
    agreement.run();
  }
}
