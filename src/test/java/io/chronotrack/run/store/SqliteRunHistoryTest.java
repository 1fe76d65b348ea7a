package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.Transactions;
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
  private static JobRunRepository repository;
  private static JobRepository jobs;

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    repository = new JpaJobRunRepository(sqlite.writer(), sqlite.reader());
    jobs = new JpaJobRepository(sqlite.writer(), sqlite.reader());
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
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
    return sqlite.transactions();
  }

  @Override
  protected Scope otherProject() {
    return sqlite.otherProject();
  }
}
