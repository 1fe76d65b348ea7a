package io.chronotrack.project.store;

import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.project.Project;
import io.chronotrack.project.ProjectExists;
import io.chronotrack.project.ProjectFilter;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.NewestFirst;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.VersionedRow;
import io.chronotrack.storage.WriteSessions;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** Projects in the table {@code projects}, which the migration gives the first one. */
public final class JpaProjectRepository implements ProjectRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(ProjectRow.class);

  private final WriteSessions writer;
  private final ReadSessions reader;
  private final IdCounter ids;

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaProjectRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
    this.ids = writer.ids(ProjectRow.class);
  }

  @Override
  public long nextId() {
    return ids.next();
  }

  @Override
  public void insert(Project project) {
    // Asked before, because a broken constraint ends the whole transaction. If another process
    // comes
    // in between, this command is run again and meets its project here.
    if (row(writer.current(), project.key()).isPresent()) {
      throw new ProjectExists(project.key());
    }
    writer.current().persist(new ProjectRow(project));
  }

  @Override
  public void update(Project project) {
    VersionedRow.toReplace(writer.current(), ProjectRow.class, project.id(), project.version())
        .set(project);
  }

  @Override
  public Optional<Project> find(long id) {
    return Optional.ofNullable(reader.current().find(ProjectRow.class, id))
        .map(ProjectRow::toProject);
  }

  @Override
  public Optional<Project> findByKey(String key) {
    return row(reader.current(), key).map(ProjectRow::toProject);
  }

  @Override
  public Optional<Project> findForUpdate(String key) {
    return row(writer.current(), key).map(ProjectRow::toProject);
  }

  @Override
  public Page<Project> list(ProjectFilter filter, PageRequest request) {
    var query = new NewestFirst<>(ProjectRow.class);
    if (filter.archived() != null) {
      query.where("r.archived = :archived", "archived", filter.archived());
    }
    if (filter.id() != null) {
      query.where("r.id = :id", "id", filter.id());
    }
    return query.page(reader.current(), request, ProjectRow::toProject, ProjectRow::positionOf);
  }

  private static Optional<ProjectRow> row(EntityManager entities, String key) {
    return entities
        .createQuery("select r from ProjectRow r where r.key = :key", ProjectRow.class)
        .setParameter("key", key)
        .getResultStream()
        .findFirst();
  }
}
