package io.chronotrack.container;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.project.Project;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A project beside the default one, in the database of the deployed application. */
@Dependent
@NullUnmarked // CDI fills the fields.
public class OtherProject {

  private static final String KEY = "other";

  @Inject private ProjectRepository projects;
  @Inject private Transactions transactions;

  /** Its scope; creates it if it is not there yet. */
  Scope scope() {
    Scope other = SampleCallers.OTHER;
    transactions.write(
        () -> {
          if (projects.findForUpdate(KEY).isEmpty()) {
            projects.insert(
                new Project(
                    other.projectId(), KEY, "Other", false, Instant.EPOCH, Instant.EPOCH, 1));
          }
          return other;
        });
    return other;
  }
}
