package io.chronotrack.audit.store;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;

class InMemoryAuditRepositoryTest extends AuditRepositoryContract {

  private final AuditRepository repository = new InMemoryAuditRepository();
  private final Transactions transactions = new MemoryTransactions();

  @Override
  protected AuditRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return transactions;
  }
}
