package io.chronotrack.run.store;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.SqliteFixture;

/** The stores of runs that there are, without a server. */
final class RunStores {

  private RunStores() {}

  static RunStore in(SqliteFixture sqlite) {
    return new RunStore(
        new JpaJobRunRepository(sqlite.writer(), sqlite.reader()),
        new JpaJobRepository(sqlite.writer(), sqlite.reader()),
        sqlite.transactions(),
        sqlite.otherProject());
  }

  static RunStore in(PostgresFixture postgres) {
    return new RunStore(
        new JpaJobRunRepository(postgres.writer(), postgres.reader()),
        new JpaJobRepository(postgres.writer(), postgres.reader()),
        postgres.transactions(),
        postgres.otherProject());
  }

  static RunStore inMemory() {
    var jobs = new InMemoryJobRepository();
    var runs = new InMemoryJobRunRepository(jobs);
    jobs.findRunsBy(runs::lastOf);
    return new RunStore(runs, jobs, new MemoryTransactions(), SampleCallers.OTHER);
  }
}
