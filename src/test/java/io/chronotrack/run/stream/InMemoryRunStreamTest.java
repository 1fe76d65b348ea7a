package io.chronotrack.run.stream;

import io.chronotrack.run.store.RunStore;
import io.chronotrack.run.store.RunStores;

class InMemoryRunStreamTest extends RunStreamContract {

  private final RunStore store = RunStores.inMemory();

  @Override
  RunStore store() {
    return store;
  }
}
