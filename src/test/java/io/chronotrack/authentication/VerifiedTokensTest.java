package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import io.chronotrack.access.Role;
import io.chronotrack.authentication.VerifiedTokens.Verified;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

  private static final JWKSet KEYS = new JWKSet(Issuer.ecKey("1").toPublicJWK());

  private final VerifiedTokens tokens = new VerifiedTokens();

  private static Verified verified(String subject) {
    return new Verified(
        new JWTClaimsSet.Builder().subject(subject).build(),
        new JwtIdentity(subject, Role.VIEWER, Set.of(), Instant.EPOCH),
        KEYS);
  }

  @Test
  void aTokenIsFoundWhileTheKeysAreTheSame() {
    tokens.add("a.b.c", verified("ann"));

    assertThat(tokens.find("a.b.c", new JWKSet(KEYS.getKeys()))).contains(verified("ann"));
    assertThat(tokens.find("a.b.c", new JWKSet())).isEmpty();
    assertThat(tokens.find("a.b.d", KEYS)).isEmpty();
  }

  @Test
  void noMoreThanACertainNumberIsKept() {
    for (int i = 0; i <= 1_024; i++) {
      tokens.add("token" + i, verified("ann"));
    }

    assertThat(tokens.find("token0", KEYS)).isEmpty();
    assertThat(tokens.find("token1024", KEYS)).isPresent();
  }
}
