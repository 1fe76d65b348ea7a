package io.chronotrack.run.store;

class InMemoryRunJournalTest extends RunJournalContract {

  private final RunStore store = RunStores.inMemory();

  @Override
  RunStore store() {
    return store;
  }
}
