package io.chronotrack.key;

import io.chronotrack.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hash under which keys are stored: HMAC-SHA-256 (RFC 2104) of the whole key. Whoever steals
 * the database alone can neither use a key nor try out guesses. A slow hash is not needed: there is
 * nothing to guess in 178 random bits.
 */
public final class KeyHash {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;
  private final boolean lasts;

  /**
   * @param secret what the hashes are keyed with; the same for as long as the keys are to work
   */
  public KeyHash(Secret secret) {
    this(secret, true);
  }

  private KeyHash(Secret secret, boolean lasts) {
    this.secret = new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.lasts = lasts;
  }

  /** Hashes that nothing but this process can tell: what keys it makes end with it. */
  public static KeyHash ofThisProcess() {
    return new KeyHash(HashSecretFile.random(), false);
  }

  /** Whether the next process will have the same hashes. */
  boolean lasts() {
    return lasts;
  }

  /** The hash of a text, as 64 hexadecimal digits. */
  public String of(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  /** Whether a text has this hash, found out in a time that does not tell how much of it fits. */
  public boolean matches(String hash, String text) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(hash), bytes(text));
  }

  private byte[] bytes(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
