package io.chronotrack.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each role includes all that stand before it. */
public enum Role {
  /** Reads jobs, runs and what happened to them. */
  VIEWER,
  /** Creates and changes runs. */
  REPORTER,
  /** Creates and changes jobs. */
  OPERATOR,
  /** Issues and revokes keys, changes the project, reads the audit. */
  ADMIN,
  /** Administers projects, and acts in every one of them. */
  SYSTEM;

  /** The names of the roles, as the values of annotations need them. */
  public static final class Name {

    /** Of {@link Role#VIEWER}. */
    public static final String VIEWER = "viewer";

    /** Of {@link Role#REPORTER}. */
    public static final String REPORTER = "reporter";

    /** Of {@link Role#OPERATOR}. */
    public static final String OPERATOR = "operator";

    /** Of {@link Role#ADMIN}. */
    public static final String ADMIN = "admin";

    /** Of {@link Role#SYSTEM}. */
    public static final String SYSTEM = "system";

    /** Jakarta Security's name for everybody who has shown a credential, whatever the role. */
    public static final String ANY = "**";

    private Name() {}
  }

  /** The role with this name. */
  public static Optional<Role> of(String name) {
    return Arrays.stream(values()).filter(role -> role.roleName().equals(name)).findFirst();
  }

  /** The name that clients and annotations use. */
  public String roleName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether whoever has this role may do what the other one may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
