package io.chronotrack.key;

import io.chronotrack.access.Role;
import io.chronotrack.config.Secret;
import java.security.SecureRandom;
import java.time.Instant;

/** Keys that tests store and show. */
public final class SampleKeys {

  /** What the keys are hashed with. */
  public static final KeyHash HASH = new KeyHash(new Secret("0123456789abcdef0123456789abcdef"));

  private static final SecureRandom RANDOM = new SecureRandom();

  private SampleKeys() {}

  /** What somebody asks for who wants a key with this role, without an end. */
  public static NewKey wanted(Role role) {
    return new NewKey("ci", role, null, null, null);
  }

  /** The same with an end. */
  public static NewKey wanted(Role role, Instant expiresAt) {
    return new NewKey("ci", role, null, null, expiresAt);
  }

  /** A key that nobody has seen. */
  public static KeyText text() {
    return KeyText.random(RANDOM);
  }

  /** What is stored of a key. */
  public static ApiKey issued(long id, long projectId, NewKey wanted, KeyText text, Instant now) {
    return ApiKey.issue(id, projectId, wanted, text, HASH, now);
  }
}
