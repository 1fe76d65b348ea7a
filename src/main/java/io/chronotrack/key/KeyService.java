package io.chronotrack.key;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.job.JobRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The use cases of those who issue keys. Nobody gives away more than they have, and keys above the
 * caller's own role do not exist for the caller. A credential that is limited to certain jobs
 * administers no keys.
 */
@Dependent
public class KeyService {

  private static final System.Logger LOG = System.getLogger(KeyService.class.getName());

  private final KeyRepository keys;
  private final JobRepository jobs;
  private final KeyRing ring;
  private final KeyHash hash;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public KeyService(
      KeyRepository keys,
      JobRepository jobs,
      KeyRing ring,
      KeyHash hash,
      AuditLog audit,
      Transactions transactions,
      Clock clock) {
    this.keys = keys;
    this.jobs = jobs;
    this.ring = ring;
    this.hash = hash;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Issues a key in the caller's project.
   *
   * @throws Forbidden if its role is above the caller's, or the caller is limited to certain jobs
   * @throws ValidationFailed if it would have expired already, or is for a job that there is not
   * @throws io.chronotrack.access.ProjectArchived if the project takes nothing new
   */
  public IssuedKey issue(Caller caller, NewKey wanted) {
    verifyMayAdminister(caller);
    caller.verifyProjectTakesNew();
    verifyMayGive(caller, wanted.role());
    Instant now = clock.instant();
    verifyExpiry(wanted, now);
    verifyAllowsSomething(wanted);
    KeyText text = KeyText.random(random);
    ApiKey issued =
        transactions.write(
            () -> {
              verifyJobs(caller.scope(), wanted);
              ApiKey key = ApiKey.issue(keys.nextId(), caller.projectId(), wanted, text, hash, now);
              keys.insert(key);
              audit.changed(caller, "key.create", subject(key), null, view(caller, key), now);
              return key;
            });
    transactions.onCommit(
        () -> {
          ring.forget(issued.lookup());
          LOG.log(Level.INFO, "Key {0} issued: {1}", Long.toString(issued.id()), issued.role());
        });
    return new IssuedKey(issued, text);
  }

  /**
   * The key with this id.
   *
   * @throws NotFound if there is no such key for the caller
   */
  public ApiKey get(Caller caller, long id) {
    verifyMayAdminister(caller);
    return transactions
        .read(() -> keys.find(caller.projectId(), id))
        .filter(key -> caller.role().includes(key.role()))
        .orElseThrow(() -> unknown(id));
  }

  /** Keys of the caller's project, newest first. */
  public Page<ApiKey> list(Caller caller, PageRequest request) {
    verifyMayAdminister(caller);
    Set<Role> visible =
        EnumSet.allOf(Role.class).stream()
            .filter(caller.role()::includes)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    return transactions.read(() -> keys.list(caller.projectId(), visible, request));
  }

  /**
   * Makes a key stop working, for ever. Revoking it again changes nothing.
   *
   * @throws NotFound if there is no such key for the caller
   */
  public void revoke(Caller caller, long id) {
    verifyMayAdminister(caller);
    Instant now = clock.instant();
    ApiKey revoked =
        transactions.write(
            () -> {
              ApiKey key = forUpdate(caller, id);
              ApiKey changed = key.revoke(now);
              if (changed.version() != key.version()) {
                keys.update(changed);
                audit.changed(
                    caller,
                    "key.revoke",
                    subject(key),
                    view(caller, key),
                    view(caller, changed),
                    now);
              }
              return changed;
            });
    transactions.onCommit(
        () -> {
          ring.forget(revoked.lookup());
          LOG.log(Level.INFO, "Key {0} revoked", Long.toString(id));
        });
  }

  /**
   * Issues a key that is like an old one, which goes on working for a while.
   *
   * @param overlap how long both work
   * @throws NotFound if there is no such key for the caller
   * @throws ValidationFailed if the old key does not work any more
   */
  public IssuedKey rotate(Caller caller, long id, Duration overlap) {
    verifyMayAdminister(caller);
    Instant now = clock.instant();
    KeyText text = KeyText.random(random);
    Rotated rotated =
        transactions.write(
            () -> {
              ApiKey old = forUpdate(caller, id);
              if (!old.worksAt(now)) {
                throw new ValidationFailed(
                    Violation.ofParameter(
                        "id", "must be a key that is neither expired nor revoked"));
              }
              ApiKey ending = old.expireBy(now.plus(overlap));
              ApiKey next =
                  ApiKey.issue(keys.nextId(), caller.projectId(), old.successor(), text, hash, now);
              keys.insert(next);
              if (ending.version() != old.version()) {
                keys.update(ending);
              }
              audit.changed(caller, "key.create", subject(next), null, view(caller, next), now);
              audit.changed(
                  caller, "key.rotate", subject(old), view(caller, old), view(caller, ending), now);
              return new Rotated(ending, next);
            });
    transactions.onCommit(
        () -> {
          ring.forget(rotated.old().lookup());
          ring.forget(rotated.next().lookup());
          LOG.log(
              Level.INFO,
              "Key {0} takes the place of key {1}",
              Long.toString(rotated.next().id()),
              Long.toString(id));
        });
    return new IssuedKey(rotated.next(), text);
  }

  private ApiKey forUpdate(Caller caller, long id) {
    return keys.findForUpdate(caller.projectId(), id)
        .filter(key -> caller.role().includes(key.role()))
        .orElseThrow(() -> unknown(id));
  }

  private void verifyJobs(Scope scope, NewKey wanted) {
    Set<Long> wantedJobs = wanted.jobIds();
    if (wantedJobs != null
        && !wantedJobs.stream().allMatch(id -> jobs.findForUpdate(scope, id).isPresent())) {
      throw new ValidationFailed(
          Violation.ofMember("jobs", "must be ids of jobs of the key's project"));
    }
  }

  private static void verifyExpiry(NewKey wanted, Instant now) {
    Instant expiresAt = wanted.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw new ValidationFailed(Violation.ofMember("expiresAt", "must be in the future"));
    }
  }

  /** Keys of the project would reach further than a credential for certain jobs does. */
  private static void verifyMayAdminister(Caller caller) {
    if (caller.scope().isNarrowed()) {
      throw new Forbidden("The credential is for certain jobs only and cannot administer keys.");
    }
  }

  private static void verifyAllowsSomething(NewKey wanted) {
    if (wanted.only() == Only.REPORT && !wanted.role().includes(Role.REPORTER)) {
      throw new ValidationFailed(
          Violation.ofMember("only", "must not be report unless the role may report"));
    }
  }

  private static void verifyMayGive(Caller caller, Role role) {
    if (!caller.role().includes(role)) {
      throw new Forbidden(
          "A credential with the role "
              + caller.role().roleName()
              + " cannot issue keys with the role "
              + role.roleName()
              + ".");
    }
  }

  private static NotFound unknown(long id) {
    return new NotFound("key", id);
  }

  private static String subject(ApiKey key) {
    return "key/" + key.id();
  }

  private static KeyView view(Caller caller, ApiKey key) {
    return KeyView.of(key, caller.project());
  }

  private record Rotated(ApiKey old, ApiKey next) {}
}
