package io.chronotrack.run.store;

class InMemoryJobRunRepositoryTest extends JobRunRepositoryContract {

  private final RunStore store = RunStores.inMemory();

  @Override
  protected RunStore store() {
    return store;
  }
}
