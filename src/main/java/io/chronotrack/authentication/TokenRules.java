package io.chronotrack.authentication;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import io.chronotrack.config.JwtSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token with a good signature must say about itself (RFC 7519, section 4.1): issuer,
 * audience, end, beginning, and when it was issued.
 */
final class TokenRules extends DefaultJWTClaimsVerifier<SecurityContext> {

  private final Clock clock;
  private final Duration skew;
  private final Duration maxAge;

  TokenRules(JwtSettings settings, Clock clock) {
    super(
        settings.audiences(),
        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
        settings.maxAge().isZero()
            ? Set.of(JWTClaimNames.EXPIRATION_TIME)
            : Set.of(JWTClaimNames.EXPIRATION_TIME, JWTClaimNames.ISSUED_AT),
        null);
    this.clock = clock;
    this.skew = settings.clockSkew();
    this.maxAge = settings.maxAge();
    setMaxClockSkew(Math.toIntExact(skew.toSeconds()));
  }

  /** The library's own way to another clock than the system's. */
  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    super.verify(claims, context);
    Date issueTime = claims.getIssueTime();
    if (issueTime != null) {
      verifyAge(Duration.between(issueTime.toInstant(), clock.instant()));
    }
  }

  private void verifyAge(Duration age) throws BadJWTException {
    if (age.compareTo(skew.negated()) < 0) {
      throw new BadJWTException("Issued in the future");
    }
    if (!maxAge.isZero() && age.compareTo(maxAge.plus(skew)) > 0) {
      throw new BadJWTException("Too old");
    }
  }
}
