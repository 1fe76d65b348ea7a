package io.chronotrack.key.store;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;

class InMemoryKeyRepositoryTest extends KeyRepositoryContract {

  private final KeyRepository repository = new InMemoryKeyRepository();
  private final Transactions transactions = new MemoryTransactions();

  @Override
  protected KeyRepository repository() {
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

  @Override
  protected Store emptyStore() {
    return new Store(repository, transactions, () -> {});
  }
}
