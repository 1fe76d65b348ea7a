package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chronotrack.access.Caller;
import io.chronotrack.access.RateLimited;
import io.chronotrack.access.Role;
import io.chronotrack.access.Unauthorized;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.ClientAddress;
import io.chronotrack.key.KeyLoginService;
import io.chronotrack.key.KeyRing;
import io.chronotrack.key.KeyText;
import io.chronotrack.key.SampleKeys;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.problem.NotFound;
import io.chronotrack.project.ProjectLookupService;
import io.chronotrack.project.ProjectRing;
import io.chronotrack.project.store.InMemoryProjectRepository;
import io.chronotrack.storage.MemoryTransactions;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationFilterTest {

  private final Guarding guarding = new Guarding();
  private final Refusals refusals = guarding.refusals();
  private final KeyText key = SampleKeys.text();
  private final Authentication authentication = authentication();

  /** Knows one key, which is for reporting. */
  private Authentication authentication() {
    var clock = Clock.fixed(Guarding.NOW, ZoneOffset.UTC);
    var transactions = new MemoryTransactions();
    var keys = new InMemoryKeyRepository();
    keys.insert(SampleKeys.issued(1, 1, SampleKeys.wanted(Role.REPORTER), key, Guarding.NOW));
    AppConfig config = AppConfig.from(name -> Optional.ofNullable(Map.of("AUTH", "on").get(name)));
    return new Authentication(
        config,
        new KeyLoginService(keys, new KeyRing(), SampleKeys.HASH, transactions, clock),
        new JwtVerifier(config.jwt(), clock),
        new ProjectLookupService(
            new InMemoryProjectRepository(Guarding.NOW), new ProjectRing(), transactions));
  }

  private AuthenticationFilter filter(RequestRates rates) {
    return new AuthenticationFilter(authentication, refusals, rates);
  }

  private static ContainerRequest request(KeyText shown) {
    ContainerRequest request = Requests.of("GET", "/jobs");
    request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + shown.text());
    return request;
  }

  private Throwable refusalOf(ContainerRequest request) {
    return catchThrowable(() -> filter(guarding.rates()).filter(request));
  }

  @Test
  void aGoodCredentialMakesACaller() {
    ContainerRequest request = request(key);
    filter(guarding.rates()).filter(request);
    assertThat(request.getSecurityContext().getUserPrincipal())
        .isInstanceOfSatisfying(
            Caller.class,
            caller -> {
              assertThat(caller.actor()).isEqualTo("key/1");
              assertThat(caller.address()).isEqualTo(Requests.ADDRESS);
            });
  }

  @Test
  void aRequestWithoutACredentialGoesOnWithoutACaller() {
    ContainerRequest request = Requests.of("GET", "/jobs");
    filter(guarding.rates(1, 1)).filter(request);
    assertThat(request.getSecurityContext().getUserPrincipal()).isNull();
    assertThat(request.getProperty(RequestRates.LEFT)).isNull();
  }

  @Test
  void aWrongCredentialIsRefusedAndNamesNobody() {
    ContainerRequest request = request(SampleKeys.text());
    assertThat(refusalOf(request)).isInstanceOf(Unauthorized.class);
    assertThat(request.getProperty(AuthenticationFilter.ACTOR)).isNull();
    assertThat(request.getSecurityContext().getUserPrincipal()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/ready", "/openapi"})
  void whatIsAlwaysAnsweredAsksForNoCredentialAndLooksAtNone(String path) {
    ContainerRequest request = Requests.of("GET", path);
    request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer nonsense");
    assertThat(refusalOf(request)).isNull();
    assertThat(request.getSecurityContext().getUserPrincipal()).isNull();
  }

  @Test
  void whoNamesAForeignProjectIsKnownAndCounted() {
    ContainerRequest request = request(key);
    request.getHeaders().putSingle(Authentication.PROJECT_HEADER, "billing");
    assertThat(catchThrowable(() -> filter(guarding.rates(2, 0)).filter(request)))
        .isInstanceOf(NotFound.class);
    assertThat(request.getProperty(AuthenticationFilter.ACTOR)).isEqualTo("key/1");
    assertThat(request.getProperty(RequestRates.LEFT)).isEqualTo("\"requests\";r=1;t=30");
    assertThat(request.getSecurityContext().getUserPrincipal()).isNull();
  }

  @Test
  void nobodyCanLockOutAGoodCredentialByShowingWrongOnesFromItsAddress() {
    for (int i = 0; i < 3; i++) {
      assertThat(refusalOf(request(SampleKeys.text()))).isInstanceOf(Unauthorized.class);
    }
    assertThat(refusalOf(request(SampleKeys.text()))).isInstanceOf(RateLimited.class);
    assertThat(refusalOf(request(key))).isNull();
  }

  @Test
  void everyRequestOfACallerIsCounted() {
    RequestRates rates = guarding.rates(1, 0);
    ContainerRequest first = request(key);
    filter(rates).filter(first);
    assertThat(first.getProperty(RequestRates.LEFT)).isEqualTo("\"requests\";r=0;t=60");
    assertThatExceptionOfType(RateLimited.class)
        .isThrownBy(() -> filter(rates).filter(request(key)));
  }

  @Test
  void anAddressThatTheServerDoesNotTellIsUnknown() {
    ContainerRequest request = request(key);
    assertThat(AuthenticationFilter.address(request)).isEqualTo(Requests.ADDRESS);
    request.removeProperty(ClientAddress.ATTRIBUTE);
    assertThat(AuthenticationFilter.address(request)).isEqualTo("unknown");
  }
}
