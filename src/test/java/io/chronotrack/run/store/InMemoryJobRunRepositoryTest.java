package io.chronotrack.run.store;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;
import org.junit.jupiter.api.BeforeEach;

class InMemoryJobRunRepositoryTest extends JobRunRepositoryContract {

  private final InMemoryJobRepository jobs = new InMemoryJobRepository();
  private final InMemoryJobRunRepository repository = new InMemoryJobRunRepository(jobs);
  private final Transactions transactions = new MemoryTransactions();

  @BeforeEach
  void tellJobsOfTheirRuns() {
    jobs.findRunsBy(repository::lastOf);
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
    return transactions;
  }

  @Override
  protected Scope otherProject() {
    return SampleCallers.OTHER;
  }
}
