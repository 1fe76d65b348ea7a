package io.chronotrack.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Callers that tests act as. */
public final class SampleCallers {

  /** The project that every new database has. */
  public static final Scope DEFAULT = Scope.of(1);

  /** A project beside it; a test with a database has to create it. */
  public static final Scope OTHER = Scope.of(2);

  private SampleCallers() {}

  /** Who everybody is while no credential is asked for: may do everything, in the project 1. */
  public static Caller system() {
    return with(Role.SYSTEM);
  }

  /** A caller with this role in the project 1. */
  public static Caller with(Role role) {
    return caller(role, null, false, DEFAULT);
  }

  /** A caller with this role in the project 2. */
  public static Caller inOtherProject(Role role) {
    return caller(role, null, false, OTHER);
  }

  /** A caller with this role in the project 1, while that is archived. */
  public static Caller inArchivedProject(Role role) {
    return caller(role, null, true, DEFAULT);
  }

  /** A caller with this role in the project 1 for whom there are certain jobs only. */
  public static Caller ofJobs(Role role, Long... jobIds) {
    return caller(role, null, false, new Scope(DEFAULT.projectId(), Set.of(jobIds)));
  }

  /** A caller with this role in the project 1 that is narrowed to one kind of request. */
  public static Caller narrowedTo(Only only, Role role) {
    return caller(role, only, false, DEFAULT);
  }

  private static Caller caller(
      Role role, @Nullable Only only, boolean projectArchived, Scope scope) {
    return new Caller(
        role == Role.SYSTEM ? Caller.ANONYMOUS : "jwt/" + role.roleName(),
        "127.0.0.1",
        role,
        only,
        scope.projectId() == DEFAULT.projectId() ? "default" : "other",
        projectArchived,
        scope);
  }
}
