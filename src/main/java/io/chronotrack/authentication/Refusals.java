package io.chronotrack.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chronotrack.access.Caller;
import io.chronotrack.access.RateLimited;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditService;
import io.chronotrack.audit.Outcome;
import io.chronotrack.config.AppConfig;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.Redaction;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.json.spi.JsonProvider;
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
 * entries an hour for each credential and each address, and so many a day for all strangers. What
 * is over it is counted, and the next entry tells the number. Waiting concerns wrong credentials
 * only: a good one from the same address is served, so that nobody can lock out others. Safe for
 * use by many threads.
 */
public final class Refusals {

  private static final System.Logger LOG = System.getLogger(Refusals.class.getName());
  private static final JsonProvider JSON = JsonProvider.provider();

  private static final int ENTRIES_PER_HOUR = 20;
  private static final int ENTRIES_OF_STRANGERS_PER_DAY = 1_000;
  private static final int LONGEST_SUBJECT = 200;
  private static final int MOST_ADDRESSES = 10_000;

  private final AuditService audit;
  private final Clock clock;
  private final int failuresPerMinute;
  private final TimeMeter time;
  private final Bucket roomOfStrangers;
  private final Cache<String, Source> sources = cache(Duration.ofHours(1));
  private final Cache<String, Bucket> failures = cache(Duration.ofMinutes(1));

  public Refusals(AuditService audit, Clock clock, AppConfig config) {
    this(audit, clock, config.access().failuresPerMinute(), TimeMeter.SYSTEM_NANOTIME);
  }

  Refusals(AuditService audit, Clock clock, int failuresPerMinute, TimeMeter time) {
    this.audit = audit;
    this.clock = clock;
    this.failuresPerMinute = failuresPerMinute;
    this.time = time;
    this.roomOfStrangers = bucket(ENTRIES_OF_STRANGERS_PER_DAY, Duration.ofDays(1));
  }

  /**
   * Counts a credential that is not accepted.
   *
   * @param address where it came from
   * @throws RateLimited if too many came from there lately
   */
  void slowDown(String address) {
    var probe =
        failures
            .get(address, any -> bucket(failuresPerMinute, Duration.ofMinutes(1)))
            .tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw new RateLimited(
          "Too many credentials that are not accepted came from this address.",
          (int) TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
    }
  }

  /**
   * Writes down that an attempt was refused, if there is room for it.
   *
   * @param actor whom the credential names; {@link Caller#ANONYMOUS} if there is none, or a wrong
   *     one
   * @param projectId the project that the caller acts in; {@link AuditFilter#INSTALLATION} if that
   *     is not known
   * @param attempt what was asked for
   * @param status of the answer
   */
  void record(String actor, long projectId, String address, String attempt, int status) {
    boolean stranger = actor.equals(Caller.ANONYMOUS);
    Source source = sources.get(stranger ? address : actor, any -> new Source());
    if (source.room.tryConsume(1) && (!stranger || roomOfStrangers.tryConsume(1))) {
      write(source, actor, projectId, address, attempt, status);
    } else {
      source.leftOut.incrementAndGet();
    }
  }

  private void write(
      Source source, String actor, long projectId, String address, String attempt, int status) {
    long leftOut = source.leftOut.getAndSet(0);
    var after = JSON.createObjectBuilder().add("status", status).add("leftOutBefore", leftOut);
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
    } catch (DomainException e) {
      // The refusal itself must not depend on whether it can be written down.
      source.leftOut.addAndGet(leftOut + 1);
      LOG.log(Level.WARNING, "A refused attempt was not written into the audit: {0}", e.detail());
    }
  }

  /** What one actor or address may still fill of the audit. */
  private final class Source {
    private final Bucket room = bucket(ENTRIES_PER_HOUR, Duration.ofHours(1));
    private final AtomicLong leftOut = new AtomicLong();
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

  private static <V> Cache<String, V> cache(Duration period) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_ADDRESSES)
        .expireAfterAccess(period)
        .executor(Runnable::run)
        .build();
  }
}
