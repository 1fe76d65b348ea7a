package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Only;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller as the caller sees it; the members are those of {@link Caller}.
 *
 * @param jobs ids of the only jobs that there are for the caller, in their order
 */
@JsonbPropertyOrder({"actor", "project", "role", "only", "jobs"})
public record CallerView(
    String actor, String project, String role, @Nullable String only, @Nullable List<Long> jobs) {

  /** What a caller sees of itself. */
  public static CallerView of(Caller caller) {
    Only only = caller.only();
    Set<Long> jobs = caller.scope().jobIds();
    return new CallerView(
        caller.actor(),
        caller.project(),
        caller.role().roleName(),
        only == null ? null : only.name().toLowerCase(Locale.ROOT),
        jobs == null ? null : jobs.stream().sorted().toList());
  }
}
