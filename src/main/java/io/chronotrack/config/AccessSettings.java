package io.chronotrack.config;

import org.jspecify.annotations.Nullable;

/**
 * Whether callers must show a credential, and how much they may ask for.
 *
 * @param required whether a request needs a credential; without, everybody may do everything
 * @param adminKey the key of the administrator that there must be; {@code null} makes one at the
 *     first start
 * @param hashSecret what keys are hashed with; {@code null} keeps one in a file beside the database
 * @param requestsPerMinute requests that a credential may make in a minute; 0 is any number
 * @param reportsPerMinute of these, requests that create or change runs; 0 is any number
 * @param failuresPerMinute refused credentials that an address may show in a minute before it is
 *     told to wait
 */
public record AccessSettings(
    boolean required,
    @Nullable Secret adminKey,
    @Nullable Secret hashSecret,
    int requestsPerMinute,
    int reportsPerMinute,
    int failuresPerMinute) {

  private static final int MIN_SECRET_LENGTH = 32;
  private static final int MOST_PER_MINUTE = 100_000_000;

  /** Everybody may do everything, as often as they like. */
  public static final AccessSettings OPEN = new AccessSettings(false, null, null, 0, 0, 20);

  static AccessSettings from(AppConfig.Settings settings, AppEnv appEnv) {
    Switch auth =
        settings.choice("AUTH", Switch.class, appEnv == AppEnv.PRODUCTION ? Switch.ON : Switch.OFF);
    return new AccessSettings(
        auth == Switch.ON,
        settings.secret("ADMIN_KEY"),
        hashSecret(settings),
        settings.number("REQUESTS_PER_MINUTE", 0, 0, MOST_PER_MINUTE),
        settings.number("REPORTS_PER_MINUTE", 0, 0, MOST_PER_MINUTE),
        settings.number("FAILURES_PER_MINUTE", 20, 1, MOST_PER_MINUTE));
  }

  /**
   * Checks what a storage asks for: where several processes share the keys, none can keep a secret
   * of its own for all of them.
   */
  void verifyFor(StorageKind storage) {
    if (storage == StorageKind.POSTGRESQL && hashSecret == null && (required || adminKey != null)) {
      throw InvalidSetting.ofSecret(
          "HASH_SECRET",
          "given with STORAGE=postgresql, the same for all instances, where keys are asked for");
    }
  }

  private static @Nullable Secret hashSecret(AppConfig.Settings settings) {
    Secret secret = settings.secret("HASH_SECRET");
    if (secret != null && secret.value().length() < MIN_SECRET_LENGTH) {
      throw InvalidSetting.ofSecret(
          "HASH_SECRET", "a text of at least " + MIN_SECRET_LENGTH + " characters");
    }
    return secret;
  }

  /** On or off; public because MicroProfile Config cannot read other enums. */
  public enum Switch {
    /** It is done. */
    ON,
    /** It is not done. */
    OFF
  }
}
