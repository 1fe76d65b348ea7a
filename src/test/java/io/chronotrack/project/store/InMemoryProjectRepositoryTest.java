package io.chronotrack.project.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.project.Project;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryProjectRepositoryTest extends ProjectRepositoryContract {

  private static final Instant START = Instant.parse("2026-01-30T00:00:00Z");

  private final ProjectRepository repository = new InMemoryProjectRepository(START);
  private final Transactions transactions = new MemoryTransactions();

  @Override
  protected ProjectRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Test
  void theDefaultProjectIsAsOldAsTheRepository() {
    assertThat(repository.findByKey("default")).contains(Project.createDefault(START));
  }
}
