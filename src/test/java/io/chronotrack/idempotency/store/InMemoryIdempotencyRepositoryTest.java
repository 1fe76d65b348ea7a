package io.chronotrack.idempotency.store;

import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;

class InMemoryIdempotencyRepositoryTest extends IdempotencyRepositoryContract {

  private final IdempotencyRepository repository = new InMemoryIdempotencyRepository();
  private final Transactions transactions = new MemoryTransactions();

  @Override
  IdempotencyRepository repository() {
    return repository;
  }

  @Override
  Transactions transactions() {
    return transactions;
  }
}
