package io.chronotrack.run.store;

class InMemoryRunHistoryTest extends RunHistoryContract {

  private final RunStore store = RunStores.inMemory();

  @Override
  protected RunStore store() {
    return store;
  }
}
