package io.chronotrack.project.store;

import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.project.Project;
import io.chronotrack.project.ProjectExists;
import io.chronotrack.project.ProjectFilter;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.storage.NewestFirstMap;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Projects in the heap. */
public final class InMemoryProjectRepository implements ProjectRepository {

  private final AtomicLong lastId = new AtomicLong(Project.DEFAULT_ID);
  private final NewestFirstMap<Project> projects = new NewestFirstMap<>(ProjectRow::positionOf);
  private final Map<String, Long> idsByKey = new ConcurrentHashMap<>();

  /**
   * @param now when the first project was created
   */
  public InMemoryProjectRepository(Instant now) {
    insert(Project.createDefault(now));
  }

  @Override
  public long nextId() {
    return lastId.incrementAndGet();
  }

  @Override
  public void insert(Project project) {
    if (idsByKey.putIfAbsent(project.key(), project.id()) != null) {
      throw new ProjectExists(project.key());
    }
    projects.add(project.id(), project);
  }

  @Override
  public void update(Project project) {
    projects.replace(
        project.id(),
        stored -> {
          if (stored.version() != project.version() - 1) {
            throw new StaleVersion(stored.version());
          }
          return project;
        });
  }

  @Override
  public Optional<Project> find(long id) {
    return projects.get(id);
  }

  @Override
  public Optional<Project> findByKey(String key) {
    return Optional.ofNullable(idsByKey.get(key)).flatMap(projects::get);
  }

  @Override
  public Optional<Project> findForUpdate(String key) {
    return findByKey(key);
  }

  @Override
  public Page<Project> list(ProjectFilter filter, PageRequest request) {
    return projects.page(project -> fits(project, filter), request);
  }

  private static boolean fits(Project project, ProjectFilter filter) {
    return (filter.archived() == null || filter.archived() == project.archived())
        && (filter.id() == null || filter.id() == project.id());
  }
}
