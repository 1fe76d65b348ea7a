package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chronotrack.access.Caller;
import io.chronotrack.access.RateLimited;
import io.chronotrack.config.AccessSettings;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

  private static final String REPORTER = "key/1";
  private static final String OTHER = "jwt/ann";

  private final TestMeter meter = new TestMeter();

  private RequestRates rates(int requestsPerMinute, int reportsPerMinute) {
    return new RequestRates(
        new AccessSettings(true, null, null, requestsPerMinute, reportsPerMinute, 20), meter);
  }

  private static ContainerRequestContext request() {
    return Requests.of("POST", "/jobs/1/runs");
  }

  /** What the answer to a request tells. */
  private static @Nullable Object left(RequestRates rates, String actor) {
    ContainerRequestContext request = request();
    rates.countRequest(actor, request);
    return request.getProperty(RequestRates.LEFT);
  }

  private static RateLimited refusal(RequestRates rates, String actor) {
    var refusal =
        catchThrowableOfType(RateLimited.class, () -> rates.countRequest(actor, request()));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void asManyRequestsPassAsTheQuotaSays() {
    RequestRates rates = rates(3, 0);
    for (int i = 0; i < 3; i++) {
      rates.countRequest(REPORTER, request());
    }
    assertThat(refusal(rates, REPORTER))
        .hasMessage("The credential may make 3 requests in a minute.");
  }

  @Test
  void theRefusalTellsWhenToComeBack() {
    RequestRates rates = rates(3, 0);
    for (int i = 0; i < 3; i++) {
      rates.countRequest(REPORTER, request());
    }
    assertThat(refusal(rates, REPORTER).retryAfterSeconds()).hasValue(20);
    meter.move(Duration.ofMillis(18_001));
    assertThat(refusal(rates, REPORTER).retryAfterSeconds()).hasValue(2);
    meter.move(Duration.ofMillis(1_998));
    assertThat(refusal(rates, REPORTER).retryAfterSeconds()).hasValue(1);
    meter.move(Duration.ofMillis(1));
    assertThatCode(() -> rates.countRequest(REPORTER, request())).doesNotThrowAnyException();
    assertThat(refusal(rates, REPORTER).retryAfterSeconds()).hasValue(20);
  }

  @Test
  void whatWasRefusedIsNotCounted() {
    RequestRates rates = rates(2, 0);
    rates.countRequest(REPORTER, request());
    rates.countRequest(REPORTER, request());
    for (int i = 0; i < 10; i++) {
      assertThat(refusal(rates, REPORTER).retryAfterSeconds()).hasValue(30);
    }
    meter.move(Duration.ofSeconds(30));
    assertThat(left(rates, REPORTER)).isEqualTo("\"requests\";r=0;t=60");
  }

  @Test
  void nobodySavesUpMoreThanTheQuota() {
    RequestRates rates = rates(2, 0);
    rates.countRequest(REPORTER, request());
    meter.move(Duration.ofDays(1));
    assertThat(left(rates, REPORTER)).isEqualTo("\"requests\";r=1;t=30");
    assertThat(left(rates, REPORTER)).isEqualTo("\"requests\";r=0;t=60");
    assertThat(refusal(rates, REPORTER)).isNotNull();
  }

  @Test
  void eachCredentialHasAQuotaOfItsOwn() {
    RequestRates rates = rates(1, 0);
    rates.countRequest(REPORTER, request());
    assertThat(refusal(rates, REPORTER)).isNotNull();
    assertThat(left(rates, OTHER)).isEqualTo("\"requests\";r=0;t=60");
  }

  @Test
  void theAnswerTellsWhatIsLeftAlsoWhenItIsARefusal() {
    RequestRates rates = rates(60, 0);
    assertThat(left(rates, REPORTER)).isEqualTo("\"requests\";r=59;t=1");
    meter.move(Duration.ofMillis(500));
    assertThat(left(rates, REPORTER)).isEqualTo("\"requests\";r=58;t=2");
    RequestRates one = rates(1, 0);
    one.countRequest(REPORTER, request());
    ContainerRequestContext refused = request();
    assertThatExceptionOfType(RateLimited.class)
        .isThrownBy(() -> one.countRequest(REPORTER, refused));
    assertThat(refused.getProperty(RequestRates.LEFT)).isEqualTo("\"requests\";r=0;t=60");
  }

  @Test
  void reportsAreCountedByThemselves() {
    RequestRates rates = rates(10, 2);
    ContainerRequestContext request = request();
    rates.countRequest(REPORTER, request);
    rates.countReport(REPORTER, request);
    assertThat(request.getProperty(RequestRates.LEFT))
        .isEqualTo("\"requests\";r=9;t=6, \"reports\";r=1;t=30");
    rates.countReport(REPORTER, request());
    var refusal =
        catchThrowableOfType(RateLimited.class, () -> rates.countReport(REPORTER, request()));
    assertThat(refusal).hasMessage("The credential may make 2 reports in a minute.");
    assertThat(left(rates, REPORTER)).isEqualTo("\"requests\";r=8;t=12");
  }

  @Test
  void zeroIsAnyNumber() {
    RequestRates rates = rates(0, 0);
    for (int i = 0; i < 100; i++) {
      assertThat(left(rates, REPORTER)).isNull();
      rates.countReport(REPORTER, request());
    }
    assertThat(rates.policies()).isEmpty();
  }

  @Test
  void whereNobodyShowsACredentialNobodyIsLimited() {
    RequestRates rates = rates(1, 1);
    for (int i = 0; i < 100; i++) {
      assertThat(left(rates, Caller.ANONYMOUS)).isNull();
      rates.countReport(Caller.ANONYMOUS, request());
    }
  }

  @Test
  void thePoliciesAreToldAsTheDraftHasThem() {
    assertThat(rates(600, 0).policies()).isEqualTo("\"requests\";q=600;w=60");
    assertThat(rates(0, 300).policies()).isEqualTo("\"reports\";q=300;w=60");
    assertThat(rates(600, 300).policies())
        .isEqualTo("\"requests\";q=600;w=60, \"reports\";q=300;w=60");
  }

  @Test
  void theLargestQuotaThatCanBeConfiguredWorks() {
    RequestRates rates = rates(100_000_000, 0);
    assertThat(left(rates, REPORTER)).isEqualTo("\"requests\";r=99999999;t=1");
  }
}
