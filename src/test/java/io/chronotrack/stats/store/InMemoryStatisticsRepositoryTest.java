package io.chronotrack.stats.store;

import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;

class InMemoryStatisticsRepositoryTest extends StatisticsRepositoryContract {

  private final StatisticsRepository repository = new InMemoryStatisticsRepository();
  private final Transactions transactions = new MemoryTransactions();

  @Override
  protected StatisticsRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return transactions;
  }
}
