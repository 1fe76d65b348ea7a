package io.chronotrack.container;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.jspecify.annotations.NullUnmarked;

/** A project beside the default one, in the database of the deployed application. */
@Dependent
@NullUnmarked // The server fills the fields.
public class OtherProject {

  @PersistenceContext(unitName = "writer")
  private EntityManager writer;

  @Inject private Transactions transactions;

  /** Its scope; creates it if it is not there yet. */
  Scope scope() {
    Scope other = SampleCallers.OTHER;
    transactions.write(
        () ->
            writer
                .createNativeQuery(
                    "INSERT INTO projects (id, key, name, archived, created_at, updated_at, version)"
                        + " VALUES (?1, 'other', 'Other', 0, 5, 5, 1) ON CONFLICT DO NOTHING")
                .setParameter(1, other.projectId())
                .executeUpdate());
    return other;
  }
}
