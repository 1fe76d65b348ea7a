package io.chronotrack.authentication;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens whose signatures were found good not long ago: a caller sends the same one for
 * minutes, and computing a signature can take longer than the rest of a request.
 *
 * <p>A signature stays good while the keys are the same. Everything that time changes is checked
 * anew by the caller. Only tokens that were accepted are kept, and of them only a hash, so that a
 * stranger cannot fill this and whoever reads the memory finds no credential here.
 */
final class VerifiedTokens {

  /** Some megabytes at most; beyond it all are forgotten, which costs each one computation. */
  private static final int MOST = 1_024;

  private final Map<String, Verified> byHash = new ConcurrentHashMap<>();

  /**
   * What a good signature stands for.
   *
   * @param claims what the token says
   * @param identity whom it speaks for
   * @param keys all keys that there were
   */
  record Verified(JWTClaimsSet claims, JwtIdentity identity, JWKSet keys) {}

  /** What is known of a token, if these are still the keys. */
  Optional<Verified> find(String token, JWKSet keys) {
    return Optional.ofNullable(byHash.get(hash(token)))
        .filter(verified -> verified.keys().equals(keys));
  }

  void add(String token, Verified verified) {
    if (byHash.size() >= MOST) {
      byHash.clear();
    }
    byHash.put(hash(token), verified);
  }

  private static String hash(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
