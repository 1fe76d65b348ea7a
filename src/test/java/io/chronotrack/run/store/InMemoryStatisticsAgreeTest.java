package io.chronotrack.run.store;

import io.chronotrack.idempotency.store.InMemoryIdempotencyRepository;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.stats.store.InMemoryStatisticsRepository;
import io.chronotrack.storage.MemoryTransactions;

class InMemoryStatisticsAgreeTest extends StatisticsAgreeWithRunsContract {

  private final InMemoryJobRepository jobs = new InMemoryJobRepository();
  private final Tested tested =
      new Tested(
          new MemoryTransactions(),
          jobs,
          new InMemoryJobRunRepository(jobs),
          new InMemoryStatisticsRepository(),
          new InMemoryIdempotencyRepository(),
          false);

  @Override
  protected Tested tested() {
    return tested;
  }
}
