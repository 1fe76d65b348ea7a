package io.chronotrack.audit;

import io.chronotrack.access.Caller;
import io.chronotrack.http.JsonbForm;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes down what callers have changed. To be called inside of the change's own transaction. */
@Dependent
public class AuditLog {

  private final AuditRepository entries;

  @Inject
  public AuditLog(AuditRepository entries) {
    this.entries = entries;
  }

  /**
   * A change in the project that the caller acts in.
   *
   * @param action what was done, such as {@code job.change}
   * @param subject to what, such as {@code job/12}
   * @param before what clients saw of it before; {@code null} if there was none
   * @param after what clients see of it now; {@code null} if there is none
   */
  public void changed(
      Caller caller,
      String action,
      String subject,
      @Nullable Object before,
      @Nullable Object after,
      Instant now) {
    changed(caller, caller.projectId(), action, subject, before, after, now);
  }

  /**
   * A change that concerns a project, whichever the caller acts in.
   *
   * @param projectId the project whose audit tells of it
   * @param action what was done, such as {@code project.create}
   * @param subject to what, such as {@code project/billing}
   * @param before what clients saw of it before; {@code null} if there was none
   * @param after what clients see of it now; {@code null} if there is none
   */
  public void changed(
      Caller caller,
      long projectId,
      String action,
      String subject,
      @Nullable Object before,
      @Nullable Object after,
      Instant now) {
    entries.append(
        new AuditRecord(
            now,
            projectId,
            caller.actor(),
            action,
            subject,
            Outcome.DONE,
            caller.address(),
            text(before),
            text(after)));
  }

  private static @Nullable String text(@Nullable Object view) {
    return view == null ? null : JsonbForm.toJson(view);
  }
}
