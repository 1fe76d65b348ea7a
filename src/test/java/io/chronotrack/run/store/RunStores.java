package io.chronotrack.run.store;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.SqliteFixture;

/** The stores of runs that there are, without a server. */
public final class RunStores {

  private RunStores() {}

  public static RunStore in(SqliteFixture sqlite) {
    return new RunStore(
        new JpaJobRunRepository(sqlite.writer(), sqlite.reader()),
        new JpaJobRepository(sqlite.writer(), sqlite.reader()),
        new JpaRunJournal(sqlite.reader()),
        sqlite.transactions(),
        sqlite.otherProject());
  }

  public static RunStore in(PostgresFixture postgres) {
    return new RunStore(
        new JpaJobRunRepository(postgres.writer(), postgres.reader()),
        new JpaJobRepository(postgres.writer(), postgres.reader()),
        new JpaRunJournal(postgres.reader()),
        postgres.transactions(),
        postgres.otherProject());
  }

  public static RunStore inMemory() {
    var jobs = new InMemoryJobRepository();
    var runs = new InMemoryJobRunRepository(jobs);
    jobs.findRunsBy(runs::lastOf);
    return new RunStore(runs, jobs, runs.journal(), new MemoryTransactions(), SampleCallers.OTHER);
  }
}
