package io.chronotrack.project;

import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import java.util.Optional;

/**
 * Keeps projects; has the project {@link Project#DEFAULT_KEY} from the start. Safe for use by many
 * threads.
 *
 * <p>{@link #find}, {@link #findByKey} and {@link #list} read what has been committed and never
 * wait for a writer. The other methods belong into a write transaction of {@link
 * io.chronotrack.storage.Transactions}.
 */
public interface ProjectRepository {

  /** An id that no project has or ever had; ids grow. */
  long nextId();

  /**
   * Adds a project with a new id.
   *
   * @throws ProjectExists if another project has the key; nothing is changed then
   */
  void insert(Project project);

  /**
   * Replaces a project that exists; its key stays what it is.
   *
   * @param project the changed project, whose version is one more than the stored one's
   * @throws StaleVersion if the stored project has another version; nothing is changed then
   */
  void update(Project project);

  /** The project as last committed; empty for an unknown id. */
  Optional<Project> find(long id);

  /** The project as last committed; empty for a key that no project has exactly so. */
  Optional<Project> findByKey(String key);

  /**
   * The project as the running transaction sees it, to be changed by it; empty for a key that no
   * project has exactly so.
   */
  Optional<Project> findForUpdate(String key);

  /** Projects that fit the filter, newest first: by creation time, then by id. */
  Page<Project> list(ProjectFilter filter, PageRequest request);
}
