package io.chronotrack.project;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Role;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;

/**
 * The use cases of projects. Every change is one command in one transaction, together with its
 * entry in the audit of the project that it concerns, whichever the caller acts in.
 *
 * <p>{@link Role#SYSTEM} sees all projects; for everybody else there is only the own one. A
 * credential that is limited to certain jobs reads the own project and changes none.
 */
@Dependent
public class ProjectService {

  private static final System.Logger LOG = System.getLogger(ProjectService.class.getName());

  private final ProjectRepository projects;
  private final ProjectRing ring;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public ProjectService(
      ProjectRepository projects,
      ProjectRing ring,
      AuditLog audit,
      Transactions transactions,
      Clock clock) {
    this.projects = projects;
    this.ring = ring;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Creates a project.
   *
   * @throws Forbidden if the caller sees less than all projects
   * @throws ProjectExists if a project has the key
   */
  public Project create(Caller caller, NewProject wanted) {
    if (!seesAll(caller)) {
      throw new Forbidden("The credential is not for the whole installation.");
    }
    Instant now = clock.instant();
    Project created =
        transactions.write(
            () -> {
              Project project = Project.create(projects.nextId(), wanted, now);
              projects.insert(project);
              audit.changed(
                  caller,
                  project.id(),
                  "project.create",
                  subject(project),
                  null,
                  ProjectView.of(project),
                  now);
              return project;
            });
    transactions.onCommit(
        () -> {
          // That there was none may have been remembered.
          ring.forget(created);
          LOG.log(Level.INFO, "Project {0} created: {1}", created.key(), created.name());
        });
    return created;
  }

  /**
   * Changes a project.
   *
   * @return the project after the change
   * @throws NotFound if there is no such project for the caller
   * @throws Forbidden if the caller is limited to certain jobs of it
   * @throws io.chronotrack.change.StaleVersion if it has another version than expected
   */
  public Project patch(Caller caller, String key, ProjectPatch patch, ExpectedVersion expected) {
    verifySees(caller, key);
    if (caller.scope().isNarrowed()) {
      throw new Forbidden("The credential is for certain jobs only and cannot change a project.");
    }
    Instant now = clock.instant();
    Project after =
        transactions.write(
            () -> {
              Project project = projects.findForUpdate(key).orElseThrow(() -> notFound(key));
              expected.verify(project.version());
              Project patched = project.apply(patch, now);
              if (patched.version() != project.version()) {
                projects.update(patched);
                audit.changed(
                    caller,
                    project.id(),
                    "project.change",
                    subject(project),
                    ProjectView.of(project),
                    ProjectView.of(patched),
                    now);
              }
              return patched;
            });
    transactions.onCommit(() -> ring.forget(after));
    return after;
  }

  /**
   * The project with this key.
   *
   * @throws NotFound if there is no such project for the caller
   */
  public Project get(Caller caller, String key) {
    verifySees(caller, key);
    return transactions.read(() -> projects.findByKey(key)).orElseThrow(() -> notFound(key));
  }

  /** Projects that the caller sees and that fit the filter, newest first. */
  public Page<Project> list(Caller caller, ProjectFilter filter, PageRequest request) {
    ProjectFilter visible = seesAll(caller) ? filter : filter.only(caller.projectId());
    return transactions.read(() -> projects.list(visible, request));
  }

  private static boolean seesAll(Caller caller) {
    return caller.role().includes(Role.SYSTEM) && !caller.scope().isNarrowed();
  }

  /** What others have does not exist: not even the storage is asked whether it does. */
  private static void verifySees(Caller caller, String key) {
    if (!seesAll(caller) && !caller.project().equals(key)) {
      throw notFound(key);
    }
  }

  private static NotFound notFound(String key) {
    return new NotFound("project", key);
  }

  private static String subject(Project project) {
    return "project/" + project.key();
  }
}
