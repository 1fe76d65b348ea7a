package io.chronotrack.project;

import io.chronotrack.storage.RecentReads;
import java.util.Optional;
import java.util.function.Function;

/** The projects that are in use. Safe for use by many threads. */
public final class ProjectRing {

  private final RecentReads<Long, Project> byId = new RecentReads<>();
  private final RecentReads<String, Project> byKey = new RecentReads<>();

  Optional<Project> byId(long id, Function<Long, Optional<Project>> store) {
    return byId.get(id, store);
  }

  Optional<Project> byKey(String key, Function<String, Optional<Project>> store) {
    return byKey.get(key, store);
  }

  /** Makes the next one who asks for this project ask the store. */
  void forget(Project project) {
    byId.forget(project.id());
    byKey.forget(project.key());
  }
}
