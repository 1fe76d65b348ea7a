package io.chronotrack.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.problem.ErrorCode;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  @Test
  void aMissingCredentialIsToldFromOneThatIsNotAccepted() {
    assertThat(Unauthorized.missing().detail()).isNotEqualTo(Unauthorized.invalid().detail());
    assertThat(Unauthorized.missing().code()).isEqualTo(ErrorCode.UNAUTHORIZED);
    assertThat(Unauthorized.invalid().code()).isEqualTo(ErrorCode.UNAUTHORIZED);
  }

  @Test
  void tryingAgainLaterDoesNotHelpUnlessItIsSaid() {
    assertThat(Unauthorized.invalid().retryAfterSeconds()).isEmpty();
    assertThat(new Forbidden("No.").retryAfterSeconds()).isEmpty();
    assertThat(new RateLimited("Too many.", 7).retryAfterSeconds()).hasValue(7);
    assertThat(new RateLimited("Too many.", 7).code()).isEqualTo(ErrorCode.RATE_LIMITED);
  }
}
