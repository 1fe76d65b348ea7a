package io.chronotrack.access;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as far as it matters for what may be done: a value, so that a command which
 * another request's thread runs still acts for the right one.
 *
 * @param actor names the credential in the audit: {@code key/12}, {@code jwt/<subject>}, {@code
 *     anonymous}; never any part of a secret
 * @param address where the request came from, as an IP address; "unknown" if the server does not
 *     tell
 * @param role what the caller may do
 * @param only what the credential is narrowed to; {@code null} leaves all that the role allows
 * @param project key of the project that the caller acts in
 * @param projectArchived whether that project takes nothing new
 * @param scope what there is for the caller
 */
public record Caller(
    String actor,
    String address,
    Role role,
    @Nullable Only only,
    String project,
    boolean projectArchived,
    Scope scope)
    implements Principal {

  /** The actor of requests for which nobody has shown a credential. */
  public static final String ANONYMOUS = "anonymous";

  @Override
  public String getName() {
    return actor;
  }

  /** The id of the project that the caller acts in. */
  public long projectId() {
    return scope.projectId();
  }

  /**
   * @throws Forbidden if the caller sees only certain jobs, and so cannot have any other
   */
  public void verifyMayCreateJobs() {
    if (scope.isNarrowed()) {
      throw new Forbidden("The credential is for certain jobs only and cannot create others.");
    }
  }

  /**
   * @throws ProjectArchived if the project takes nothing new
   */
  public void verifyProjectTakesNew() {
    if (projectArchived) {
      throw new ProjectArchived(project);
    }
  }
}
