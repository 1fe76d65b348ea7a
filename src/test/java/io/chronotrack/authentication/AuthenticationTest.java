package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.access.Unauthorized;
import io.chronotrack.config.AppConfig;
import io.chronotrack.key.KeyLoginService;
import io.chronotrack.key.KeyRing;
import io.chronotrack.key.KeyText;
import io.chronotrack.key.NewKey;
import io.chronotrack.key.SampleKeys;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.project.NewProject;
import io.chronotrack.project.Project;
import io.chronotrack.project.ProjectLookupService;
import io.chronotrack.project.ProjectRing;
import io.chronotrack.project.store.InMemoryProjectRepository;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");
  private static final String ADDRESS = "192.0.2.1";
  private static final ECKey SIGNING = Issuer.ecKey("first");

  private final TestClock clock = new TestClock(NOW);
  private final InMemoryProjectRepository projects = new InMemoryProjectRepository(NOW);
  private final InMemoryKeyRepository keys = new InMemoryKeyRepository();
  private final MemoryTransactions transactions = new MemoryTransactions();
  private final Project billing = create("billing");
  private final Project mail = create("mail");
  private final Authentication authentication = authentication("on");

  private Authentication authentication(String auth) {
    Map<String, String> settings = new HashMap<>();
    settings.put("AUTH", auth);
    settings.put("mp.jwt.verify.publickey", Issuer.pem(SIGNING));
    settings.put("mp.jwt.verify.publickey.algorithm", "ES256");
    settings.put("mp.jwt.verify.issuer", "https://issuer.example.org");
    settings.put("mp.jwt.verify.audiences", "chronotrack");
    settings.put("JWT_GROUP_ROLES", "team=reporter,root=system");
    AppConfig config = AppConfig.from(key -> Optional.ofNullable(settings.get(key)));
    return new Authentication(
        config,
        new KeyLoginService(keys, new KeyRing(), SampleKeys.HASH, transactions, clock),
        new JwtVerifier(config.jwt(), clock),
        new ProjectLookupService(projects, new ProjectRing(), transactions));
  }

  private Project create(String key) {
    Project project = Project.create(projects.nextId(), new NewProject(key, key), NOW);
    projects.insert(project);
    return project;
  }

  private String keyOf(Project project, Role role) {
    return keyOf(project, SampleKeys.wanted(role));
  }

  private String keyOf(Project project, NewKey wanted) {
    KeyText text = SampleKeys.text();
    keys.insert(SampleKeys.issued(keys.nextId(), project.id(), wanted, text, NOW));
    return text.text();
  }

  private static String token(String group, @Nullable Object projects) {
    return Issuer.sign(
        SIGNING,
        new JWTClaimsSet.Builder()
            .issuer("https://issuer.example.org")
            .audience("chronotrack")
            .subject("ann")
            .expirationTime(Date.from(NOW.plusSeconds(300)))
            .claim("groups", List.of(group))
            .claim("projects", projects)
            .build());
  }

  private Caller caller(String credential) {
    return caller(credential, null);
  }

  private Caller caller(String credential, @Nullable String project) {
    Credential accepted =
        authentication.credentialIn("Bearer " + credential).orElseThrow(AssertionError::new);
    return authentication.callerOf(accepted, project, ADDRESS);
  }

  private void assertUnauthorized(String authorization) {
    assertThatExceptionOfType(Unauthorized.class)
        .as(authorization)
        .isThrownBy(() -> authentication.credentialIn(authorization))
        .withMessage(Unauthorized.invalid().getMessage());
  }

  private void assertNoProject(String credential, String project, String message) {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> caller(credential, project))
        .withMessage(message);
  }

  @Test
  void aKeyAdmitsItsCallerUntilItEnds() {
    String key = "Bearer " + keyOf(billing, Role.VIEWER, NOW.plusSeconds(60));
    Caller caller = caller(key.substring("Bearer ".length()));
    assertThat(authentication.admits(caller, key, null)).isTrue();
    assertThat(authentication.admits(caller, null, null)).isFalse();
    assertThat(authentication.admits(caller, key, "unknown")).isFalse();
    assertThat(authentication.admits(SampleCallers.with(Role.VIEWER), key, null)).isFalse();

    clock.move(Duration.ofSeconds(61));

    assertThat(authentication.admits(caller, key, null)).isFalse();
  }

  private String keyOf(Project project, Role role, Instant end) {
    return keyOf(project, new NewKey("short", role, null, null, end));
  }

  @Test
  void aKeyActsInItsProjectWithItsRole() {
    String key = keyOf(billing, Role.REPORTER);
    assertThat(caller(key))
        .isEqualTo(
            new Caller(
                "key/1", ADDRESS, Role.REPORTER, null, "billing", false, Scope.of(billing.id())));
  }

  @Test
  void aKeyIsAsNarrowAsItWasMade() {
    var wanted = new NewKey("ci", Role.REPORTER, Only.REPORT, Set.of(7L), null);
    Caller caller = caller(keyOf(billing, wanted));
    assertThat(caller.only()).isEqualTo(Only.REPORT);
    assertThat(caller.scope()).isEqualTo(new Scope(billing.id(), Set.of(7L)));
  }

  @Test
  void thatTheProjectIsArchivedIsSeen() {
    Project archived =
        new Project(billing.id(), "billing", "billing", true, NOW, NOW, billing.version() + 1);
    projects.update(archived);
    assertThat(caller(keyOf(billing, Role.REPORTER)).projectArchived()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEARER  ", "Bearer    "})
  void theNameOfTheSchemeHasNoCase(String scheme) {
    String key = keyOf(billing, Role.VIEWER);
    assertThat(authentication.credentialIn(scheme + key)).isPresent();
    assertThat(authentication.credentialIn(scheme + key + " ")).isPresent();
  }

  @Test
  void whatIsNoBearerCredentialIsNotAccepted() {
    String key = keyOf(billing, Role.VIEWER);
    for (String header :
        List.of(
            "",
            "Bearer",
            "Bearer ",
            key,
            "Bearer" + key,
            "Basic " + key,
            "Bearer " + key + ",Bearer " + key,
            "Bearer " + key + " x",
            "Bearer Bearer " + key,
            "Bearer CT_" + key.substring(3),
            "Bearer null",
            "Bearer \"" + key + "\"",
            "Bearer " + SampleKeys.text().text(),
            "Bearer a.b.c")) {
      assertUnauthorized(header);
    }
  }

  @Test
  void withoutACredentialThereIsNone() {
    assertThat(authentication.credentialIn(null)).isEmpty();
  }

  @Test
  void aCredentialNamesItsOwnerAlsoWhenItAllowsNothing() {
    assertThat(authentication.credentialIn("Bearer " + token("unknown", null)))
        .contains(new Credential("jwt/ann", null, null, Set.of(), null));
    assertThat(authentication.credentialIn("Bearer " + keyOf(billing, Role.ADMIN)))
        .contains(new Credential("key/1", Role.ADMIN, null, Set.of("billing"), null));
  }

  @Test
  void aKeyMayNameItsOwnProject() {
    assertThat(caller(keyOf(billing, Role.VIEWER), "billing").project()).isEqualTo("billing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VIEWER", "ADMIN"})
  void aForeignProjectIsToldFromAnUnknownOneByNothing(Role role) {
    String key = keyOf(billing, role);
    assertNoProject(key, "mail", "There is no project 'mail'.");
    assertNoProject(key, "default", "There is no project 'default'.");
    assertNoProject(key, "nonsense", "There is no project 'nonsense'.");
    String token = token("team", List.of("billing", "mail"));
    assertNoProject(token, "default", "There is no project 'default'.");
    assertNoProject(token, "nonsense", "There is no project 'nonsense'.");
  }

  @Test
  void whatCannotBeTheKeyOfAProjectIsNotRepeated() {
    String key = keyOf(billing, Role.ADMIN);
    String system = keyOf(billing, Role.SYSTEM);
    for (String wanted : List.of(key, "Billing", "", " ", "billing,mail", "<b>", "a".repeat(64))) {
      assertNoProject(key, wanted, "There is no such project.");
      assertNoProject(system, wanted, "There is no such project.");
    }
  }

  @Test
  void theSystemActsInItsOwnProjectAndInEveryOther() {
    String key = keyOf(billing, Role.SYSTEM);
    assertThat(caller(key).project()).isEqualTo("billing");
    assertThat(caller(key, "mail").scope()).isEqualTo(Scope.of(mail.id()));
    assertThat(caller(key, "default").scope()).isEqualTo(Scope.of(1));
    assertNoProject(key, "nonsense", "There is no project 'nonsense'.");
  }

  @Test
  void aTokenForOneProjectActsThere() {
    assertThat(caller(token("team", "billing")))
        .isEqualTo(
            new Caller(
                "jwt/ann", ADDRESS, Role.REPORTER, null, "billing", false, Scope.of(billing.id())));
  }

  @Test
  void aTokenForSeveralProjectsMustSayWhich() {
    String token = token("team", List.of("billing", "mail"));
    var refusal = catchThrowableOfType(ValidationFailed.class, () -> caller(token));
    assertThat(refusal).isNotNull();
    assertThat(refusal.members().toString())
        .contains(
            "header",
            "ChronoTrack-Project",
            "is required, because the credential is for several projects");
    assertThat(caller(token, "mail").scope()).isEqualTo(Scope.of(mail.id()));
    assertThat(caller(token, "billing").scope()).isEqualTo(Scope.of(billing.id()));
  }

  @Test
  void aTokenWithoutAProjectMayDoNothing() {
    for (Object none : new Object[] {null, List.of()}) {
      assertThatExceptionOfType(Forbidden.class)
          .isThrownBy(() -> caller(token("team", none)))
          .withMessage("The credential is for no project.");
      assertNoProject(token("team", none), "billing", "There is no project 'billing'.");
    }
  }

  @Test
  void aTokenForAProjectThatThereIsNotFindsNone() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> caller(token("team", "nonsense")))
        .withMessage("There is no such project.");
    assertNoProject(token("team", "nonsense"), "nonsense", "There is no project 'nonsense'.");
  }

  @Test
  void aTokenWithoutARoleMayDoNothing() {
    for (String group : List.of("unknown", "reporter", "system")) {
      assertThatExceptionOfType(Forbidden.class)
          .isThrownBy(() -> caller(token(group, "billing")))
          .withMessage("No group of the token has a role here.");
    }
  }

  @Test
  void theSystemsTokenActsInTheDefaultProjectUnlessItSaysOtherwise() {
    assertThat(caller(token("root", null)).scope()).isEqualTo(Scope.of(1));
    assertThat(caller(token("root", List.of("billing", "mail"))).project()).isEqualTo("default");
    assertThat(caller(token("root", "billing")).project()).isEqualTo("billing");
    assertThat(caller(token("root", "billing"), "mail").project()).isEqualTo("mail");
  }

  @Test
  void aTokenThatIsNotAcceptedIsNotAccepted() {
    String token = token("team", "billing");
    assertUnauthorized("Bearer " + token.substring(0, token.length() - 2));
    assertUnauthorized("Bearer " + token + "A");
  }

  @Test
  void withoutAuthenticationEverybodyMayDoEverything() {
    Authentication off = authentication("off");
    var everybody =
        new Caller("anonymous", ADDRESS, Role.SYSTEM, null, "default", false, Scope.of(1));
    // Whatever credential there is: it is not needed, and nobody looks at it.
    for (String header : new String[] {null, "Bearer nonsense", ""}) {
      Credential credential = off.credentialIn(header).orElseThrow();
      assertThat(off.callerOf(credential, null, ADDRESS)).isEqualTo(everybody);
      assertThat(off.callerOf(credential, "mail", ADDRESS).scope()).isEqualTo(Scope.of(mail.id()));
      assertThatExceptionOfType(NotFound.class)
          .isThrownBy(() -> off.callerOf(credential, "nonsense", ADDRESS));
    }
  }
}
