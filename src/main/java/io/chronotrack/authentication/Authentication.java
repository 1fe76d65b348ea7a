package io.chronotrack.authentication;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import io.chronotrack.access.Unauthorized;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.TextRule;
import io.chronotrack.key.ApiKey;
import io.chronotrack.key.KeyLoginService;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.project.Project;
import io.chronotrack.project.ProjectLookupService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out who makes a request, and in which project, by what its headers say. */
@Dependent
public class Authentication {

  /** The header by which a credential for several projects says which. */
  public static final String PROJECT_HEADER = "ChronoTrack-Project";

  private static final String SCHEME = "Bearer ";

  private final boolean required;
  private final KeyLoginService keys;
  private final JwtVerifier tokens;
  private final ProjectLookupService projects;

  @Inject
  public Authentication(
      AppConfig config, KeyLoginService keys, JwtVerifier tokens, ProjectLookupService projects) {
    this.required = config.access().required();
    this.keys = keys;
    this.tokens = tokens;
    this.projects = projects;
  }

  /**
   * What a request's credential says, whatever it may do.
   *
   * @param authorization the header of that name; {@code null} if there is none
   * @return empty if a credential is needed and there is none
   * @throws Unauthorized if the credential is not accepted
   */
  Optional<Credential> credentialIn(@Nullable String authorization) {
    if (!required) {
      return Optional.of(new Credential(Caller.ANONYMOUS, Role.SYSTEM, null, Set.of(), null));
    }
    if (authorization == null) {
      return Optional.empty();
    }
    return Optional.of(credential(authorization).orElseThrow(Unauthorized::invalid));
  }

  /**
   * The caller that a credential makes of whoever shows it.
   *
   * @param wanted the header {@link #PROJECT_HEADER}; {@code null} if there is none
   * @param address where the request came from
   * @throws Forbidden if the credential allows nothing, or is for no project
   * @throws NotFound if there is no such project for the caller
   * @throws ValidationFailed if the credential leaves the project open
   */
  Caller callerOf(Credential credential, @Nullable String wanted, String address) {
    Role role = credential.role();
    if (role == null) {
      throw new Forbidden("No group of the token has a role here.");
    }
    Project project =
        projects
            .byKey(wanted == null ? onlyProjectOf(credential) : permitted(credential, wanted))
            .orElseThrow(() -> noProject(wanted));
    return new Caller(
        credential.actor(),
        address,
        role,
        credential.only(),
        project.key(),
        project.archived(),
        new Scope(project.id(), credential.jobIds()));
  }

  /**
   * Whether a request still makes the caller that it made before.
   *
   * @param authorization as for {@link #credentialIn}
   * @param wanted as for {@link #callerOf}
   */
  boolean admits(Caller caller, @Nullable String authorization, @Nullable String wanted) {
    try {
      return credentialIn(authorization)
          .map(credential -> callerOf(credential, wanted, caller.address()))
          .filter(caller::equals)
          .isPresent();
    } catch (Unauthorized | Forbidden | NotFound | ValidationFailed e) {
      return false;
    }
  }

  private Optional<Credential> credential(String authorization) {
    // RFC 9110, section 11.1: the name of a scheme has no case.
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String shown = authorization.substring(SCHEME.length()).strip();
    return shown.startsWith("ct_")
        ? keys.find(shown).map(this::ofKey)
        : tokens.verify(shown).map(Authentication::ofToken);
  }

  private Credential ofKey(ApiKey key) {
    String project = projects.byId(key.projectId()).map(Project::key).orElseThrow();
    return new Credential("key/" + key.id(), key.role(), key.only(), Set.of(project), key.jobIds());
  }

  private static Credential ofToken(JwtIdentity token) {
    return new Credential("jwt/" + token.subject(), token.role(), null, token.projects(), null);
  }

  private static String permitted(Credential credential, String wanted) {
    if (credential.role() != Role.SYSTEM && !credential.projects().contains(wanted)) {
      throw noProject(wanted);
    }
    return wanted;
  }

  private static String onlyProjectOf(Credential credential) {
    if (credential.projects().size() == 1) {
      return credential.projects().iterator().next();
    }
    if (credential.role() == Role.SYSTEM) {
      return Project.DEFAULT_KEY;
    }
    if (credential.projects().isEmpty()) {
      throw new Forbidden("The credential is for no project.");
    }
    throw new ValidationFailed(
        Violation.ofHeader(
            PROJECT_HEADER, "is required, because the credential is for several projects"));
  }

  private static NotFound noProject(@Nullable String wanted) {
    // Whatever cannot be a key is not repeated: headers get mixed up, and it may be a secret.
    return wanted != null && TextRule.key().accepts(wanted)
        ? new NotFound("project", wanted)
        : new NotFound("There is no such project.");
  }
}
