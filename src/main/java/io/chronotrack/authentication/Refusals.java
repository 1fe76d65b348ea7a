package io.chronotrack.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chronotrack.access.Caller;
import io.chronotrack.access.RateLimited;
import io.chronotrack.access.Unauthorized;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditService;
import io.chronotrack.audit.Outcome;
import io.chronotrack.config.AppConfig;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.Problem;
import io.chronotrack.problem.Redaction;
import io.chronotrack.storage.StorageUnavailable;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happens when an attempt is refused: it goes into the audit, and an address that shows wrong
 * credentials again and again is told to wait.
 *
 * <p>The audit has a budget, for otherwise whoever can reach the port could fill the disk: so many
 * entries for each actor, address and day, and so many for all strangers. What is over it is
 * counted, and the next entry tells the number. Waiting concerns wrong credentials only: a good one
 * from the same address is served, so that nobody can lock out others. Safe for use by many
 * threads.
 */
@Singleton
public class Refusals {

  private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

  private static final int ENTRIES_PER_HOUR = 20;
  private static final int ENTRIES_OF_STRANGERS_PER_DAY = 1_000;
  private static final int LONGEST_SUBJECT = 200;
  private static final int MOST_ADDRESSES = 10_000;

  private final AuditService audit;
  private final Clock clock;
  private final int failuresPerMinute;
  private final TimeMeter time;
  private final AtomicLong leftOut = new AtomicLong();
  private final Bucket entriesOfStrangers;
  private final Cache<String, Bucket> entries = buckets(Duration.ofHours(1));
  private final Cache<String, Bucket> failures = buckets(Duration.ofMinutes(1));

  @Inject
  public Refusals(AuditService audit, Clock clock, AppConfig config) {
    this(audit, clock, config.access().failuresPerMinute(), TimeMeter.SYSTEM_NANOTIME);
  }

  Refusals(AuditService audit, Clock clock, int failuresPerMinute, TimeMeter time) {
    this.audit = audit;
    this.clock = clock;
    this.failuresPerMinute = failuresPerMinute;
    this.time = time;
    this.entriesOfStrangers = bucket(ENTRIES_OF_STRANGERS_PER_DAY, Duration.ofDays(1));
  }

  /**
   * Somebody showed a credential that is not accepted.
   *
   * @param attempt what was asked for
   * @return what to throw: the refusal itself, or that the address has to wait
   */
  DomainException ofStranger(String attempt, String address, Unauthorized refusal) {
    var probe =
        failures
            .get(address, any -> bucket(failuresPerMinute, Duration.ofMinutes(1)))
            .tryConsumeAndReturnRemaining(1);
    DomainException answer =
        probe.isConsumed()
            ? refusal
            : new RateLimited(
                "Too many credentials that are not accepted came from this address.",
                (int) TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
    return ofNobody(attempt, address, answer);
  }

  /** Nobody showed a credential, or a wrong one, where one is needed. */
  DomainException ofNobody(String attempt, String address, DomainException refusal) {
    if (hasRoom(address) && entriesOfStrangers.tryConsume(1)) {
      write(0, Caller.ANONYMOUS, attempt, address, refusal);
    } else {
      leftOut.incrementAndGet();
    }
    return refusal;
  }

  /** A caller asked for what the credential does not allow. */
  DomainException ofCaller(String attempt, Caller caller, DomainException refusal) {
    if (hasRoom(caller.actor())) {
      write(caller.projectId(), caller.actor(), attempt, caller.address(), refusal);
    } else {
      leftOut.incrementAndGet();
    }
    return refusal;
  }

  private boolean hasRoom(String source) {
    return entries.get(source, any -> bucket(ENTRIES_PER_HOUR, Duration.ofHours(1))).tryConsume(1);
  }

  private void write(
      long projectId, String actor, String attempt, String address, DomainException refusal) {
    long before = leftOut.getAndSet(0);
    var after =
        Json.createObjectBuilder()
            .add("status", Problem.statusOf(refusal.code()))
            .add("code", refusal.code().name())
            .add("leftOutBefore", before);
    try {
      audit.add(
          new AuditRecord(
              clock.instant(),
              projectId,
              actor,
              "access",
              shortened(Redaction.of(attempt)),
              Outcome.REFUSED,
              address,
              null,
              after.build().toString()));
    } catch (StorageUnavailable e) {
      // The refusal itself must not depend on whether it can be written down.
      leftOut.addAndGet(before + 1);
      LOG.log(Level.WARNING, "A refused attempt was not written into the audit: {0}", e.detail());
    }
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_SUBJECT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "\u2026";
  }

  private Bucket bucket(int capacity, Duration period) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, period))
        .withCustomTimePrecision(time)
        .build();
  }

  private static Cache<String, Bucket> buckets(Duration period) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_ADDRESSES)
        .expireAfterAccess(period)
        .executor(Runnable::run)
        .build();
  }
}
