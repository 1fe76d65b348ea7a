package io.chronotrack.resources;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Lets a test say who makes a request, by a header and without any credential: the resources only
 * see what comes of one. Everybody else is the system's caller in the default project.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class CallerOfTest implements ContainerRequestFilter {

  /** Names a role, or one of the callers below. */
  static final String HEADER = "X-Test-Caller";

  /** May do everything in another project. */
  static final String OF_OTHER_PROJECT = "of other project";

  /** May do everything, in the default project that is archived. */
  static final String OF_ARCHIVED_PROJECT = "of archived project";

  /** May do everything in the default project, where only job 1 is there for it. */
  static final String OF_JOB_1 = "of job 1";

  @Override
  public void filter(ContainerRequestContext request) {
    String name = request.getHeaderString(HEADER);
    request.setSecurityContext(
        new OfTest(callerOf(name), "https".equals(request.getUriInfo().getBaseUri().getScheme())));
  }

  private static Caller callerOf(@Nullable String name) {
    if (name == null) {
      return SampleCallers.system();
    }
    return switch (name) {
      case OF_OTHER_PROJECT -> SampleCallers.inOtherProject(Role.SYSTEM);
      case OF_ARCHIVED_PROJECT -> SampleCallers.inArchivedProject(Role.SYSTEM);
      case OF_JOB_1 -> SampleCallers.ofJobs(Role.SYSTEM, 1L);
      default -> SampleCallers.with(Role.of(name).orElseThrow());
    };
  }

  private record OfTest(Caller caller, boolean secure) implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return Role.of(role).map(caller.role()::includes).orElse(role.equals(Role.Name.ANY));
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return "test";
    }
  }
}
