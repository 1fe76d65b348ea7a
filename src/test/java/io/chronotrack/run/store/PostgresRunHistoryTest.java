package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.Transactions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NullUnmarked // JUnit fills the fields.
class PostgresRunHistoryTest extends RunHistoryContract {

  // One database for all tests of the class, which read the same runs.
  private static PostgresFixture postgres;
  private static JobRunRepository repository;
  private static JobRepository jobs;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    repository = new JpaJobRunRepository(postgres.writer(), postgres.reader());
    jobs = new JpaJobRepository(postgres.writer(), postgres.reader());
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  protected JobRunRepository repository() {
    return repository;
  }

  @Override
  protected JobRepository jobs() {
    return jobs;
  }

  @Override
  protected Transactions transactions() {
    return postgres.transactions();
  }

  @Override
  protected Scope otherProject() {
    return postgres.otherProject();
  }
}
