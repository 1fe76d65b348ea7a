package io.chronotrack.job.store;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.job.JobRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;

class InMemoryJobRepositoryTest extends JobRepositoryContract {

  private final JobRepository repository = new InMemoryJobRepository();
  private final Transactions transactions = new MemoryTransactions();

  @Override
  protected JobRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Override
  protected Scope otherProject() {
    return SampleCallers.OTHER;
  }
}
