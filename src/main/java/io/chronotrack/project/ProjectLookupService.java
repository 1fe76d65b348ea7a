package io.chronotrack.project;

import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Finds the project that a request acts in, usually without asking the store. */
@Dependent
public class ProjectLookupService {

  private final ProjectRepository projects;
  private final ProjectRing ring;
  private final Transactions transactions;

  @Inject
  public ProjectLookupService(
      ProjectRepository projects, ProjectRing ring, Transactions transactions) {
    this.projects = projects;
    this.ring = ring;
    this.transactions = transactions;
  }

  /** The project with this id. */
  public Optional<Project> byId(long id) {
    return ring.byId(id, wanted -> transactions.read(() -> projects.find(wanted)));
  }

  /** The project with this key. */
  public Optional<Project> byKey(String key) {
    return ring.byKey(key, wanted -> transactions.read(() -> projects.findByKey(wanted)));
  }
}
