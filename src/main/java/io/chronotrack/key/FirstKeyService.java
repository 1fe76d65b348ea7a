package io.chronotrack.key;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.config.AccessSettings;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.Secret;
import io.chronotrack.project.Project;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Sees to it, at every start, that keys can be verified and that somebody can administer. */
@Dependent
public class FirstKeyService {

  private static final String CHECKED = "ChronoTrack";

  private static final Caller STARTUP =
      new Caller(
          "startup",
          "local",
          Role.SYSTEM,
          null,
          Project.DEFAULT_KEY,
          false,
          Scope.of(Project.DEFAULT_ID));

  private final KeyRepository keys;
  private final KeyHash hash;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Clock clock;

  @Inject
  public FirstKeyService(
      KeyRepository keys, KeyHash hash, AuditLog audit, Transactions transactions, Clock clock) {
    this.keys = keys;
    this.hash = hash;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Checks the secret that keys are hashed with, and stores an administrator's key if one is asked
   * for, or needed.
   *
   * @return a key that was made, to be told to the operator this one time
   * @throws InvalidSetting if the secret is another one than before, or the key cannot be used
   */
  public Optional<KeyText> prepare(AccessSettings settings) {
    if (hash.lasts()) {
      verifySecret();
    }
    Secret configured = settings.adminKey();
    if (configured != null) {
      ensure(configured);
      return Optional.empty();
    }
    if (!settings.required()) {
      return Optional.empty();
    }
    KeyText made = KeyText.random(new SecureRandom());
    return transactions.write(() -> inTurn(() -> storeIfNeeded(made)));
  }

  /**
   * After other instances that start on the same database: the second one meets what the first did.
   */
  private <T> T inTurn(Supplier<T> work) {
    keys.secretCheck();
    return work.get();
  }

  private Optional<KeyText> storeIfNeeded(KeyText made) {
    if (transactions.read(() -> keys.hasUsable(Role.SYSTEM))) {
      return Optional.empty();
    }
    store(made);
    return Optional.of(made);
  }

  private void verifySecret() {
    String expected = hash.of(CHECKED);
    String stored =
        transactions.write(
            () -> {
              Optional<String> known = keys.secretCheck();
              if (known.isEmpty()) {
                keys.storeSecretCheck(expected);
              }
              return known.orElse(expected);
            });
    if (!stored.equals(expected)) {
      throw InvalidSetting.ofSecret(
          "HASH_SECRET",
          "the secret that the keys in this database were hashed with; if it was in a file beside"
              + " the database, that file belongs to it");
    }
  }

  private void ensure(Secret configured) {
    KeyText text =
        KeyText.parse(configured.value())
            .orElseThrow(
                () ->
                    InvalidSetting.ofSecret(
                        "ADMIN_KEY", "a key as 'chronotrack.jar --new-key' makes it"));
    if (!transactions.write(() -> inTurn(() -> isOrBecomesTheAdministrators(text)))) {
      throw InvalidSetting.ofSecret(
          "ADMIN_KEY", "a new key, or the administrator's as it was made");
    }
  }

  private boolean isOrBecomesTheAdministrators(KeyText text) {
    Optional<ApiKey> known = transactions.read(() -> keys.findByLookup(text.lookup()));
    if (known.isEmpty()) {
      store(text);
      return true;
    }
    return known.get().role() == Role.SYSTEM && hash.matches(known.get().hash(), text.text());
  }

  private void store(KeyText text) {
    Instant now = clock.instant();
    var wanted = new NewKey("administrator", Role.SYSTEM, null, null, null);
    transactions.write(
        () -> {
          ApiKey key = ApiKey.issue(keys.nextId(), Project.DEFAULT_ID, wanted, text, hash, now);
          keys.insert(key);
          audit.changed(
              STARTUP,
              "key.create",
              "key/" + key.id(),
              null,
              KeyView.of(key, Project.DEFAULT_KEY),
              now);
          return key;
        });
  }
}
